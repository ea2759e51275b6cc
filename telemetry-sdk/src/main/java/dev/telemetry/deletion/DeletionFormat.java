package dev.telemetry.deletion;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The form of a request for deletion, on disk as on the wire: one flat JSON object, so
 * that the content of the outbox is what will be sent.
 */
final class DeletionFormat {

	private static final int MAX_ID = 128;

	private static final JsonFactory JSON = new JsonFactory();

	private DeletionFormat() {
	}

	static byte[] write(DeletionRequest request) {
		return write(Map.of("machine_id", request.machineId(), "request_id", request.requestId().toString(), "tool",
				request.tool()));
	}

	static byte[] write(Map<String, String> fields) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			json.writeStartObject();
			fields.keySet().stream().sorted().forEach((name) -> json.writeStringProperty(name, fields.get(name)));
			json.writeEndObject();
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** The request, or {@code null} when the bytes are none of ours. */
	static @Nullable DeletionRequest read(byte[] bytes) {
		Map<String, String> fields = fields(bytes);
		@Nullable String machineId = fields.get("machine_id");
		@Nullable UUID requestId = uuid(fields.get("request_id"));
		@Nullable String tool = fields.get("tool");
		if (machineId == null || machineId.isEmpty() || machineId.length() > MAX_ID || requestId == null
				|| tool == null) {
			return null;
		}
		return new DeletionRequest(machineId, requestId, tool);
	}

	/** The fields of a flat object of strings; empty when the bytes are not one. */
	static Map<String, String> fields(byte[] bytes) {
		Map<String, String> fields = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				if (parser.nextToken() == JsonToken.VALUE_STRING) {
					fields.put(name, parser.getString());
				}
				parser.skipChildren();
			}
			return (parser.currentToken() == JsonToken.END_OBJECT) ? fields : Map.of();
		}
		catch (JacksonException ex) {
			return Map.of();
		}
	}

	static @Nullable UUID uuid(@Nullable String text) {
		try {
			return (text != null) ? UUID.fromString(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
