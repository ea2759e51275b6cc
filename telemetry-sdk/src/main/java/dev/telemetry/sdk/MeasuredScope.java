package dev.telemetry.sdk;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import dev.telemetry.EventScope;
import org.jspecify.annotations.Nullable;

/**
 * Times one block and knows how it ended. Used by one thread at a time; {@link #close()}
 * may come from another one; the caller that hands the event scope over publishes it
 * safely.
 */
abstract class MeasuredScope implements EventScope {

	private static final double NANOS_PER_MILLI = 1_000_000;

	private final LongSupplier nanoTime;

	private final long started;

	private final AtomicBoolean closed = new AtomicBoolean();

	private String outcome = "ok";

	private @Nullable Throwable failure;

	MeasuredScope(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.started = nanoTime.getAsLong();
	}

	@Override
	public final EventScope failed(@Nullable Throwable cause) {
		return ended("error", cause);
	}

	@Override
	public final EventScope rejected(@Nullable Throwable cause) {
		return ended("rejected", cause);
	}

	@Override
	public final EventScope cancelled() {
		return ended("cancelled", null);
	}

	/** A cancellation of the block is final. */
	private EventScope ended(String outcome, @Nullable Throwable cause) {
		if (!this.outcome.equals("cancelled")) {
			this.outcome = outcome;
			this.failure = cause;
		}
		return this;
	}

	final boolean succeeded() {
		return this.outcome.equals("ok");
	}

	/** End the event scope, and return whether it had not ended before. */
	final boolean end() {
		return this.closed.compareAndSet(false, true);
	}

	/** Record the event with what was measured. */
	final void complete(DefaultEventRecorder recorder) {
		try {
			Throwable cause = this.failure;
			recorder.measured("duration_ms", (this.nanoTime.getAsLong() - this.started) / NANOS_PER_MILLI);
			recorder.measured("success", succeeded());
			recorder.measured("outcome", this.outcome);
			recorder.measured("error", (cause != null) ? simpleName(cause.getClass()) : null);
		}
		catch (Throwable ex) {
			// Reflection on an exception's class may fail to load the classes around it
			recorder.failed(ex);
		}
		recorder.record();
	}

	/**
	 * An anonymous class has no name of its own: the nearest named one above it serves.
	 */
	private static String simpleName(Class<?> type) {
		Class<?> named = type;
		while (named.getSimpleName().isEmpty() && named.getSuperclass() != null) {
			named = named.getSuperclass();
		}
		return named.getSimpleName();
	}

}
