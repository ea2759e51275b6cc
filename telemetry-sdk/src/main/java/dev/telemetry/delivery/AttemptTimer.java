package dev.telemetry.delivery;

import java.util.function.LongSupplier;

import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/**
 * Measures the attempts of one lane. Used by the sending thread alone.
 *
 * @param activity counts them, with those of earlier lanes of the sink
 * @param nanoTime the monotonic clock in nanoseconds
 */
record AttemptTimer(SinkActivity activity, LongSupplier nanoTime) {

	long start() {
		return this.nanoTime.getAsLong();
	}

	/**
	 * An attempt to deliver has ended.
	 * @param started when, as returned by {@link #start()}
	 * @param failure why the sink did not take everything, or {@code null} if it did
	 */
	void stop(long started, @Nullable TelemetryException failure) {
		this.activity.attempted(Math.max(0, this.nanoTime.getAsLong() - started), failure);
	}

	/** The destination was asked only, and did not answer as it should. */
	void unreachable(TelemetryException failure) {
		this.activity.unreachable(failure);
	}

}
