package dev.telemetry.sink.http;

import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.telemetry.event.Event;
import dev.telemetry.event.JsonObjectWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event for vendors that know names, times and properties only: its attributes,
 * and beside them what else the local log holds, unless an attribute has that name.
 */
public final class EventProperties {

	private final UnaryOperator<String> keys;

	/**
	 * Create a writer.
	 * @param keys what an attribute is called there
	 */
	public EventProperties(UnaryOperator<String> keys) {
		this.keys = keys;
	}

	/**
	 * Return the identity that is sent to the vendor: the installation, else the session,
	 * else only the event itself, so that events are not linked. Never a user.
	 * @param event the event
	 * @return a pseudonym
	 */
	public static String identity(Event event) {
		String machine = event.machineId();
		return (machine != null) ? machine
				: Objects.requireNonNullElseGet(event.sessionId(), () -> event.id().toString());
	}

	/**
	 * Write the properties of an event.
	 * @param event the event
	 * @param json an open object
	 */
	public void write(Event event, JsonObjectWriter json) {
		event.forEachAttribute((key, value) -> json.put(this.keys.apply(key), value));
		put("type", event.type(), event, json);
		put("tool", event.tool(), event, json);
		put("tool_version", event.toolVersion(), event, json);
		put("session_id", event.sessionId(), event, json);
		put("os", event.origin().os(), event, json);
		put("arch", event.origin().arch(), event, json);
		put("java_version", event.origin().javaVersion(), event, json);
		put("sampling_rate", (event.samplingRate() < 1) ? event.samplingRate() : null, event, json);
	}

	private static void put(String key, @Nullable Object value, Event event, JsonObjectWriter json) {
		if (event.attribute(key) == null) {
			json.put(key, value);
		}
	}

}
