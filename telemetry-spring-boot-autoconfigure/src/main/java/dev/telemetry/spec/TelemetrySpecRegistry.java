package dev.telemetry.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Knows every declared event. Safe for use by several threads, and sealed before anybody
 * is told what would be collected.
 */
public final class TelemetrySpecRegistry {

	private final Map<String, EventDefinition> events = new ConcurrentHashMap<>();

	private volatile boolean sealed;

	/**
	 * Create a registry.
	 * @param definitions what is declared from the start
	 * @throws IllegalArgumentException if two of them contradict each other
	 */
	public TelemetrySpecRegistry(Collection<EventDefinition> definitions) {
		definitions.forEach(this::register);
	}

	/**
	 * Declare an event. Two declarations of one name are united when they do not
	 * contradict each other, since one event may be recorded at several places.
	 * @param definition what to add
	 * @throws IllegalArgumentException if the event is declared with another type,
	 * purpose, sampling rate, or with a property of another type or privacy level
	 * @throws IllegalStateException if the registry is sealed
	 */
	public void register(EventDefinition definition) {
		if (this.sealed) {
			throw new IllegalStateException("'" + definition.name() + "' must be declared before the application has"
					+ " started: a yes cannot have agreed to what nobody could know of");
		}
		this.events.merge(definition.name(), definition, EventDefinition::unite);
	}

	/** Take no more declarations: the notice is about to be written. */
	public void seal() {
		this.sealed = true;
	}

	/**
	 * Find an event.
	 * @param name the name of the event
	 * @return its definition or {@code null} if nothing declares it
	 */
	public @Nullable EventDefinition findEvent(String name) {
		return this.events.get(name);
	}

	/**
	 * Return everything that is declared, ordered by name.
	 * @return an unmodifiable copy
	 */
	public List<EventDefinition> events() {
		return this.events.values().stream().sorted(Comparator.comparing(EventDefinition::name)).toList();
	}

}
