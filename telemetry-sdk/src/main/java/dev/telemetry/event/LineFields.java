package dev.telemetry.event;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Collects the fields of one line and checks them. */
final class LineFields {

	private static final Set<String> FIELDS = Set.of("id", "name", "type", "tool", "tool_version", "machine_id",
			"session_id", "timestamp_utc", "os", "arch", "java_version");

	private final Map<String, String> fields = new HashMap<>();

	private final Event.Builder builder = Event.builder("line");

	static boolean isField(String name) {
		return FIELDS.contains(name);
	}

	void set(String field, String value) throws IOException {
		if (value.isBlank() || value.length() > EventOrigin.MAX_LENGTH) {
			throw new IOException("'" + field + "' is blank or too long");
		}
		this.fields.put(field, value);
	}

	void attribute(String key, @Nullable Object value) throws IOException {
		this.builder.attribute(key, value);
		if (this.builder.refused() > 0) {
			throw new IOException("the line has an attribute that cannot be kept");
		}
	}

	void samplingRate(double rate) throws IOException {
		if (!(rate > 0 && rate <= 1)) {
			throw new IOException("'sampling_rate' is not above 0 and at most 1");
		}
		this.builder.samplingRate(rate);
	}

	void schemaVersion(double version) throws IOException {
		if (version != Event.SCHEMA_VERSION) {
			throw new IOException("'schema_version' is not " + Event.SCHEMA_VERSION);
		}
	}

	/**
	 * Make the event.
	 * @param known an origin to use instead of an equal one, since lines mostly share it
	 * @return the event
	 * @throws IOException if a field is missing or not what it should be
	 */
	Event toEvent(@Nullable EventOrigin known) throws IOException {
		EventOrigin origin = origin();
		return this.builder.name(required("name"))
			.type(this.fields.get("type"))
			.id(id(required("id")))
			.timestamp(timestamp(required("timestamp_utc")))
			.origin((known != null && known.equals(origin)) ? known : origin)
			.build();
	}

	private EventOrigin origin() throws IOException {
		return new EventOrigin(required("tool"), this.fields.getOrDefault("tool_version", "unknown"),
				this.fields.get("machine_id"), this.fields.get("session_id"), this.fields.get("os"),
				this.fields.get("arch"), this.fields.get("java_version"));
	}

	private String required(String field) throws IOException {
		String value = this.fields.get(field);
		if (value == null) {
			throw new IOException("'" + field + "' is missing");
		}
		return value;
	}

	private static UUID id(String text) throws IOException {
		try {
			UUID id = UUID.fromString(text);
			// UUID takes shortened groups, and the nil UUID means "none"
			if (id.toString().equalsIgnoreCase(text) && !id.equals(new UUID(0, 0))) {
				return id;
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below, without the text
		}
		throw new IOException("'id' is not a UUID");
	}

	private static Instant timestamp(String text) throws IOException {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeException ex) {
			throw new IOException("'timestamp_utc' is not a time of RFC 3339");
		}
	}

}
