package dev.telemetry.declaration;

import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

/**
 * Adds declarations to the registry; what contradicts itself is a problem, not an end.
 */
public final class Declarations {

	private Declarations() {
	}

	/**
	 * Declare an event on purpose.
	 * @param registry knows what is declared
	 * @param definition what to add
	 * @param problems takes what is wrong
	 */
	public static void register(TelemetrySpecRegistry registry, EventDefinition definition,
			Consumer<Problem> problems) {
		declare(registry::register, definition, problems);
	}

	/**
	 * Declare what a place in the code records. An annotation says what is recorded
	 * there, not which version of an event it is.
	 * @param registry knows what is declared
	 * @param definition what to add
	 * @param problems takes what is wrong
	 */
	public static void join(TelemetrySpecRegistry registry, EventDefinition definition, Consumer<Problem> problems) {
		declare(registry::join, definition, problems);
	}

	private static void declare(Consumer<EventDefinition> declaration, EventDefinition definition,
			Consumer<Problem> problems) {
		try {
			declaration.accept(definition);
		}
		catch (IllegalArgumentException ex) {
			problems.accept(new Problem("event " + definition.name(), null,
					"its declarations contradict each other, so the first one counts: " + ex.getMessage(),
					"declare it alike everywhere"));
		}
	}

	/**
	 * Declare the events of a spec. Of two specs that collide the first one counts.
	 * @param registry knows what is declared
	 * @param spec what to add
	 * @param problems takes what is wrong
	 */
	public static void register(TelemetrySpecRegistry registry, TelemetrySpec spec, Consumer<Problem> problems) {
		try {
			registry.register(spec);
		}
		catch (IllegalArgumentException ex) {
			problems.accept(new Problem("spec " + spec.key() + " " + spec.version(), spec.origin(),
					"it is left out: " + ex.getMessage(),
					"declare each event in one spec only, or give it another version"));
		}
	}

	/**
	 * Report what was found too late: a grant cannot have agreed to what no notice names.
	 * @param registry knows what is declared
	 * @param definition what was found
	 * @param problems takes what is wrong
	 */
	public static void reportLate(TelemetrySpecRegistry registry, EventDefinition definition,
			Consumer<Problem> problems) {
		if (!covers(registry, definition)) {
			problems.accept(new Problem("event " + definition.name(), null,
					"its annotation was found after the notice was written, so what it adds counts as undeclared",
					"let the @Bean method return the annotated class, or declare the event as an EventDefinition bean"));
		}
	}

	/**
	 * Leave out what a child context declares: the notice was written when its parent
	 * started, and does not name it.
	 * @param registry knows what is declared
	 * @param definition what was found
	 * @param place the class, or the kind and name of the bean, that declares it
	 * @param problems takes what is wrong
	 */
	public static void leaveOutOfChild(TelemetrySpecRegistry registry, EventDefinition definition, String place,
			Consumer<Problem> problems) {
		if (!covers(registry, definition)) {
			registry.exclude(definition);
			problems.accept(new Problem("event " + definition.name(), place,
					"it is declared in a child context, so the notice does not name it, and what it adds is dropped",
					"register " + place + " in the parent context, where telemetry was started"));
		}
	}

	private static boolean covers(TelemetrySpecRegistry registry, EventDefinition definition) {
		EventDefinition known = registry.findEvent(definition.name());
		return known != null && known.properties().keySet().containsAll(definition.properties().keySet());
	}

}
