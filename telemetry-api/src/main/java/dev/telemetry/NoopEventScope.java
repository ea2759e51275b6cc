package dev.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What a caller gets while nothing may be recorded: one object for all, which does
 * nothing.
 */
enum NoopEventScope implements EventScope {

	INSTANCE;

	@Override
	public EventScope attribute(String key, @Nullable Object value) {
		return this;
	}

	@Override
	public EventScope failed(@Nullable Throwable cause) {
		return this;
	}

	@Override
	public EventScope rejected(@Nullable Throwable cause) {
		return this;
	}

	@Override
	public EventScope cancelled() {
		return this;
	}

	@Override
	public void close() {
	}

}
