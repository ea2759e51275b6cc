package dev.telemetry;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Records nothing, and costs nothing. */
final class NoopTelemetryContext implements TelemetryContext {

	static final TelemetryContext INSTANCE = new NoopTelemetryContext();

	private static final TelemetryTracker TRACKER = (name, version, properties, context) -> TrackResult.CONSENT_CLOSED;

	private NoopTelemetryContext() {
	}

	@Override
	public EventRecorder event(EventType type) {
		return NoopEventRecorder.INSTANCE;
	}

	@Override
	public void record(String name) {
	}

	@Override
	public void record(String name, Map<String, ?> attributes) {
	}

	@Override
	public EventScope start(EventType type) {
		return NoopEventScope.INSTANCE;
	}

	@Override
	public EventScope start(EventType success, EventType failure) {
		return NoopEventScope.INSTANCE;
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T time(EventType type, ScopedWork<T, X> work) throws X {
		return work.run(NoopEventScope.INSTANCE);
	}

	@Override
	public TelemetryTracker tracker() {
		return TRACKER;
	}

	@Override
	public boolean isCollecting() {
		return false;
	}

}
