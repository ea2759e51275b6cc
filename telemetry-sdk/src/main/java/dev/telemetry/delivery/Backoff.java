package dev.telemetry.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * When to try again. Works on the monotonic clock only, so that a jump of the wall clock
 * neither shortens nor lengthens a wait. Used by the sending thread alone.
 */
@Internal
public final class Backoff {

	/** The wait a destination may ask for: less would be a storm, more is an error. */
	private static final long MIN_RETRY_AFTER = TimeUnit.SECONDS.toNanos(1);

	private static final long MAX_RETRY_AFTER = TimeUnit.HOURS.toNanos(1);

	private final RetrySettings settings;

	private final RandomGenerator random;

	private double next;

	private long notBefore;

	private boolean waiting;

	private boolean demanded;

	public Backoff(RetrySettings settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
		this.next = settings.initial().toNanos();
	}

	public void succeeded() {
		this.next = this.settings.initial().toNanos();
		this.waiting = false;
	}

	public void failed(long now, @Nullable Duration retryAfter) {
		double jitter = 1 + this.settings.jitter() * (2 * this.random.nextDouble() - 1);
		long wait = (long) (this.next * jitter);
		this.next = Math.min(this.next * this.settings.multiplier(), (double) this.settings.max().toNanos());
		this.demanded = retryAfter != null;
		this.notBefore = now + ((retryAfter != null) ? Math.max(wait, clamp(retryAfter)) : wait);
		this.waiting = true;
	}

	/** Return the remaining wait; a hurry skips our own wait, not a destination's. */
	public long remaining(long now, boolean hurry) {
		if (!this.waiting || (hurry && !this.demanded)) {
			return 0;
		}
		return Math.max(0, this.notBefore - now);
	}

	private static long clamp(Duration retryAfter) {
		long seconds = Math.min(retryAfter.getSeconds(), TimeUnit.NANOSECONDS.toSeconds(MAX_RETRY_AFTER));
		return Math.max(MIN_RETRY_AFTER,
				Math.min(MAX_RETRY_AFTER, TimeUnit.SECONDS.toNanos(seconds) + retryAfter.getNano()));
	}

}
