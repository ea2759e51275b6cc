package dev.telemetry.delivery;

import dev.telemetry.Internal;
import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/**
 * How often batches were handed to a sink since the application started, over all consent
 * sessions, and how long that took. Written by the thread that sends for the sink, read
 * by any.
 */
@Internal
public final class SinkActivity {

	private static final Attempts NONE = new Attempts(0, 0);

	private volatile Attempts successes = NONE;

	private volatile Attempts failures = NONE;

	private volatile @Nullable String lastError;

	/**
	 * Create activity that begins at zero.
	 */
	public SinkActivity() {
	}

	/** A lane that was left behind while its sink hangs may end beside the next one. */
	synchronized void attempted(long nanos, @Nullable TelemetryException failure) {
		if (failure != null) {
			this.failures = this.failures.and(nanos);
			this.lastError = name(failure);
		}
		else {
			this.successes = this.successes.and(nanos);
			this.lastError = null;
		}
	}

	synchronized void unreachable(TelemetryException failure) {
		this.lastError = name(failure);
	}

	private static String name(TelemetryException failure) {
		Throwable cause = failure.getCause();
		return (cause != null) ? cause.getClass().getSimpleName() : failure.kind().name();
	}

	/**
	 * Return the attempts after which the sink had taken the whole batch.
	 * @return how many, and how long they took
	 */
	public Attempts successes() {
		return this.successes;
	}

	/**
	 * Return the attempts after which something of the batch was not taken.
	 * @return how many, and how long they took
	 */
	public Attempts failures() {
		return this.failures;
	}

	/**
	 * Return the class of what went wrong at the last attempt.
	 * @return the simple name of the exception behind it, or its kind; {@code null} after
	 * a success and before the first attempt
	 */
	public @Nullable String lastError() {
		return this.lastError;
	}

	/**
	 * Some attempts together.
	 *
	 * @param count how many
	 * @param nanos how long they took, in nanoseconds
	 */
	public record Attempts(long count, long nanos) {

		Attempts and(long more) {
			return new Attempts(this.count + 1, this.nanos + more);
		}

	}

}
