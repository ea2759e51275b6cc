package dev.telemetry.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Lets one warning a minute and cause through, and tells how many it held back. Safe for
 * use by several threads.
 */
final class WarningLimiter {

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	/** A bound on causes, so that they cannot fill the memory. */
	private static final int MAX_CAUSES = 32;

	private final LongSupplier nanoTime;

	private final Consumer<String> log;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final Map<String, Held> causes = new HashMap<>();

	WarningLimiter(LongSupplier nanoTime, Consumer<String> log) {
		this.nanoTime = nanoTime;
		this.log = log;
	}

	/**
	 * Warn, unless the same cause was warned about within the last minute.
	 * @param cause what tells one cause from another
	 * @param message the message, without payload
	 */
	void warn(String cause, String message) {
		int held;
		synchronized (this.lock) {
			long now = this.nanoTime.getAsLong();
			String key = (this.causes.size() < MAX_CAUSES || this.causes.containsKey(cause)) ? cause : "";
			Held last = this.causes.get(key);
			if (last != null && now - last.since() < INTERVAL) {
				this.causes.put(key, new Held(last.since(), last.count() + 1));
				return;
			}
			this.causes.put(key, new Held(now, 0));
			held = (last != null) ? last.count() : 0;
		}
		this.log.accept((held > 0) ? message + " (" + held + " more like it since the last warning)" : message);
	}

	private record Held(long since, int count) {
	}

}
