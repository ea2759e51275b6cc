package dev.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What a caller gets while nothing may be recorded: one object for all, which does
 * nothing.
 */
enum NoopEventRecorder implements EventRecorder {

	INSTANCE;

	@Override
	public EventRecorder attribute(String key, @Nullable String value) {
		return this;
	}

	@Override
	public EventRecorder attribute(String key, long value) {
		return this;
	}

	@Override
	public EventRecorder attribute(String key, double value) {
		return this;
	}

	@Override
	public EventRecorder attribute(String key, boolean value) {
		return this;
	}

	@Override
	public EventRecorder attribute(String key, @Nullable Object value) {
		return this;
	}

	@Override
	public void record() {
	}

}
