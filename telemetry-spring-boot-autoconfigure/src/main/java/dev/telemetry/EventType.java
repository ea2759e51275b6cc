package dev.telemetry;

import dev.telemetry.spec.EventDefinition;

/**
 * A compiled {@link EventDefinition}: made once, for example as a constant, and used for
 * each event. Immutable. STUB.
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

	public EventDefinition definition() {
		return this.definition;
	}

}
