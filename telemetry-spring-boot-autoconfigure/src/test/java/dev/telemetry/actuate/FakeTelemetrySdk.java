package dev.telemetry.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryStatus;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.TrackResult;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentState;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A context that has a status and a gate only. */
final class FakeTelemetryContext implements TelemetryContext {

	static final String MACHINE_ID = "5".repeat(64);

	static final String SESSION_ID = "7".repeat(32);

	private final ConsentGate gate;

	FakeTelemetryContext(ConsentGate gate) {
		this.gate = gate;
	}

	@Override
	public TelemetryStatus status() {
		boolean granted = this.gate.decision().state() == ConsentState.GRANTED;
		Map<String, Long> dropped = new LinkedHashMap<>();
		for (String reason : List.of("sampled", "undeclared", "invalid", "overflow")) {
			dropped.put(reason, 0L);
		}
		DeliveryStatus file = new DeliveryStatus("file", "~/.demo-app/telemetry.log", false, 12, 11,
				Map.of("disk_error", 1L), 0, 0, 0, 0, Instant.parse("2026-11-21T03:00:00Z"), null);
		return new TelemetryStatus("demo-app", granted, this.gate.decision(), granted ? MACHINE_ID : null,
				granted ? SESSION_ID : null, List.of(file), dropped, List.of(new Problem("telemetry.endpiont",
						"environment TELEMETRY_ENDPIONT", "unknown property", "did you mean telemetry.endpoint?")));
	}

	@Override
	public ConsentGate gate() {
		return this.gate;
	}

	@Override
	public EventRecorder event(EventType type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void record(String name) {
	}

	@Override
	public void record(String name, Map<String, ?> attributes) {
	}

	@Override
	public EventScope start(EventType type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public EventScope start(EventType success, EventType failure) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T extends @Nullable Object, X extends Throwable> T time(EventType type, ScopedWork<T, X> work) {
		throw new UnsupportedOperationException();
	}

	@Override
	public TelemetryTracker tracker() {
		return (name, version, properties, context) -> TrackResult.CONSENT_CLOSED;
	}

	@Override
	public boolean isCollecting() {
		return false;
	}

	@Override
	public boolean flush(Duration timeout) {
		return true;
	}

	@Override
	public void discard() {
	}

	@Override
	public void close() {
	}

}
