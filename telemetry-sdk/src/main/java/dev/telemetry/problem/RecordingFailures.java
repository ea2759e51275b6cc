package dev.telemetry.problem;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import dev.telemetry.Internal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Where exceptions of the recording side end, errors of the virtual machine included: an
 * application must never fail because it is being observed. One warning a minute, the
 * rest at debug level. Only the class of an exception is logged, for its message may hold
 * a recorded value.
 */
/*
 * Any thread may report. The thread whose compare-and-set moves "nextWarning" forward
 * writes the warning; the others log at debug level.
 */
@Internal
public final class RecordingFailures {

	private static final Log logger = LogFactory.getLog(RecordingFailures.class);

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final LongSupplier nanoTime;

	private final AtomicLong nextWarning;

	/**
	 * Create a place for failures.
	 * @param nanoTime the monotonic clock in nanoseconds
	 */
	public RecordingFailures(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.nextWarning = new AtomicLong(nanoTime.getAsLong());
	}

	/**
	 * Report a failure. Never throws.
	 * @param what what could not be recorded, or not entirely
	 * @param cause what was thrown
	 */
	public void report(String what, Throwable cause) {
		try {
			if (isWarningDue()) {
				logger.warn(message(what, cause) + "; further failures within a minute are logged at debug level");
			}
			else if (logger.isDebugEnabled()) {
				logger.debug(message(what, cause));
			}
		}
		catch (Throwable ex) {
			// Nothing is left to tell it to, and the caller must not be affected
		}
	}

	private boolean isWarningDue() {
		long now = this.nanoTime.getAsLong();
		long due = this.nextWarning.get();
		return now - due >= 0 && this.nextWarning.compareAndSet(due, now + INTERVAL);
	}

	private static String message(String what, Throwable cause) {
		return "Telemetry: could not record " + what + " (" + cause.getClass().getName() + ")";
	}

}
