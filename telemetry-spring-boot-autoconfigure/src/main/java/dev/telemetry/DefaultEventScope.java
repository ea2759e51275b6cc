package dev.telemetry;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Times one block. Used by one thread at a time; {@link #close()} may come from another
 * one, whoever hands the scope over publishes it safely.
 */
final class DefaultEventScope implements EventScope {

	private static final double NANOS_PER_MILLI = 1_000_000;

	private final DefaultEventRecorder recorder;

	private final LongSupplier nanoTime;

	private final long started;

	private final AtomicBoolean closed = new AtomicBoolean();

	private @Nullable Throwable failure;

	private boolean cancelled;

	DefaultEventScope(DefaultEventRecorder recorder, LongSupplier nanoTime) {
		this.recorder = recorder;
		this.nanoTime = nanoTime;
		this.started = nanoTime.getAsLong();
	}

	@Override
	public EventScope attribute(String key, @Nullable Object value) {
		this.recorder.attribute(key, value);
		return this;
	}

	@Override
	public EventScope failed(Throwable cause) {
		this.failure = cause;
		return this;
	}

	@Override
	public EventScope cancelled() {
		this.cancelled = true;
		return this;
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try {
			measure();
		}
		catch (Throwable ex) {
			// Reflection on an exception's class may fail to load the classes around it
			this.recorder.failed(ex);
		}
		this.recorder.record();
	}

	private void measure() {
		Throwable cause = this.cancelled ? null : this.failure;
		this.recorder.measured("duration_ms", (this.nanoTime.getAsLong() - this.started) / NANOS_PER_MILLI);
		this.recorder.measured("success", cause == null && !this.cancelled);
		this.recorder.measured("outcome", this.cancelled ? "cancelled" : (cause != null) ? "error" : "ok");
		this.recorder.measured("error", (cause != null) ? simpleName(cause.getClass()) : null);
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
