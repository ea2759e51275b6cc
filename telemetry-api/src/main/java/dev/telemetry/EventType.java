package dev.telemetry;

import dev.telemetry.spec.EventDefinition;

/**
 * A compiled {@link EventDefinition}: made once, usually as a constant, and used for each
 * event. Immutable.
 */
public final class EventType {

	private final EventDefinition definition;

	private EventType(EventDefinition definition) {
		this.definition = definition;
	}

	/**
	 * Compile a definition.
	 * @param definition the definition
	 * @return the event type
	 */
	public static EventType of(EventDefinition definition) {
		return new EventType(definition);
	}

	/**
	 * Compile a definition that has a name only.
	 * @param name the name of the event
	 * @return the event type
	 * @throws IllegalArgumentException if the name is not lower case with dots between
	 * its parts
	 */
	public static EventType of(String name) {
		return new EventType(EventDefinition.builder(name).build());
	}

	public EventDefinition definition() {
		return this.definition;
	}

	public String name() {
		return this.definition.name();
	}

	@Override
	public String toString() {
		return "EventType[" + name() + "]";
	}

}
