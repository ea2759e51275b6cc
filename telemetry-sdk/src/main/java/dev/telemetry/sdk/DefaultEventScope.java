package dev.telemetry.sdk;

import java.util.function.LongSupplier;

import dev.telemetry.EventScope;
import org.jspecify.annotations.Nullable;

/** Times one block for one event. */
final class DefaultEventScope extends MeasuredScope {

	private final DefaultEventRecorder recorder;

	DefaultEventScope(DefaultEventRecorder recorder, LongSupplier nanoTime) {
		super(nanoTime);
		this.recorder = recorder;
	}

	@Override
	public EventScope attribute(String key, @Nullable Object value) {
		this.recorder.attribute(key, value);
		return this;
	}

	@Override
	public void close() {
		if (end()) {
			complete(this.recorder);
		}
	}

}
