package dev.telemetry.sdk;

import java.util.List;
import java.util.Map;

import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a context is doing, at one moment.
 *
 * @param tool the name of the tool
 * @param collecting whether the gate is open
 * @param consent the decision and why
 * @param machineId the id in events, or {@code null} unless granted
 * @param sessionId the id of the session, or {@code null} unless granted
 * @param sinks one entry for each sink of the current or last session
 * @param dropped events and attributes dropped before any sink, by reason:
 * {@code sampled undeclared invalid overflow}
 * @param problems what is wrong and how to fix it
 */
public record TelemetryStatus(String tool, boolean collecting, ConsentDecision consent, @Nullable String machineId,
		@Nullable String sessionId, List<DeliveryStatus> sinks, Map<String, Long> dropped, List<Problem> problems) {

	public TelemetryStatus {
		sinks = List.copyOf(sinks);
		problems = List.copyOf(problems);
	}

}
