package dev.telemetry.autoconfigure;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpecRegistry;

/**
 * Adds declarations to the registry; what contradicts itself is a problem, not an end.
 */
final class Declarations {

	private Declarations() {
	}

	static void register(TelemetrySpecRegistry registry, EventDefinition definition, Problems problems) {
		try {
			registry.register(definition);
		}
		catch (IllegalArgumentException ex) {
			problems.report(new Problem("event " + definition.name(), null,
					"its declarations contradict each other, so the first one counts: " + ex.getMessage(),
					"declare it alike everywhere"));
		}
	}

}
