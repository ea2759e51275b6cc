package dev.telemetry.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;

/** Has a status and a gate only. */
final class FakeTelemetrySdk implements TelemetrySdk {

	static final String MACHINE_ID = "5".repeat(64);

	static final String SESSION_ID = "7".repeat(32);

	private final ConsentGate gate;

	FakeTelemetrySdk(ConsentGate gate) {
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
	public TelemetryContext context() {
		return TelemetryContext.noop();
	}

	@Override
	public TelemetryTracker tracker() {
		return context().tracker();
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
