package dev.telemetry.autoconfigure;

import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.TelemetrySpecRegistry;

/**
 * Adds declarations to the registry; what contradicts itself is a problem, not an end.
 */
final class Declarations {

	private Declarations() {
	}

	static void register(TelemetrySpecRegistry registry, EventDefinition definition, Problems problems) {
		declare(registry::register, definition, problems);
	}

	/** An annotation says what is recorded there, not which version of an event it is. */
	static void join(TelemetrySpecRegistry registry, EventDefinition definition, Problems problems) {
		declare(registry::join, definition, problems);
	}

	private static void declare(Consumer<EventDefinition> declaration, EventDefinition definition, Problems problems) {
		try {
			declaration.accept(definition);
		}
		catch (IllegalArgumentException ex) {
			problems.report(new Problem("event " + definition.name(), null,
					"its declarations contradict each other, so the first one counts: " + ex.getMessage(),
					"declare it alike everywhere"));
		}
	}

	/** Of two specs that collide the first one counts. */
	static void register(TelemetrySpecRegistry registry, TelemetrySpec spec, Problems problems) {
		try {
			registry.register(spec);
		}
		catch (IllegalArgumentException ex) {
			problems.report(new Problem("spec " + spec.key() + " " + spec.version(), spec.origin(),
					"it is left out: " + ex.getMessage(),
					"declare each event in one spec only, or give it another version"));
		}
	}

	/** A yes cannot have agreed to what nobody could know of. */
	static void reportLate(TelemetrySpecRegistry registry, EventDefinition definition, Problems problems) {
		EventDefinition known = registry.findEvent(definition.name());
		if (known == null || !known.properties().keySet().containsAll(definition.properties().keySet())) {
			problems.report(new Problem("event " + definition.name(), null,
					"its annotation was found after the notice was written, so what it adds counts as undeclared",
					"let the @Bean method return the annotated class, or declare the event as an EventDefinition bean"));
		}
	}

}
