package dev.telemetry.insight;

import java.io.StringWriter;
import java.util.Map;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes maps, lists, text, numbers and booleans as JSON without data binding, which an
 * application on the command line need not have. Fields without a value are left out, and
 * everything is ASCII: whatever the console's encoding, it is read as it was meant.
 */
@Internal
public final class JsonDocument {

	private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private JsonDocument() {
	}

	/**
	 * Write a document.
	 * @param document its fields, in their order
	 * @return one line without its end
	 */
	public static String write(Map<String, ?> document) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			write(json, document);
		}
		return text.toString();
	}

	private static void write(JsonGenerator json, Object value) {
		if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			map.forEach((name, entry) -> field(json, String.valueOf(name), entry));
			json.writeEndObject();
		}
		else if (value instanceof Iterable<?> list) {
			json.writeStartArray();
			list.forEach((entry) -> write(json, entry));
			json.writeEndArray();
		}
		else if (value instanceof Boolean flag) {
			json.writeBoolean(flag);
		}
		else if (value instanceof Long || value instanceof Integer) {
			json.writeNumber(((Number) value).longValue());
		}
		else if (value instanceof Number number) {
			json.writeNumber(number.doubleValue());
		}
		else {
			json.writeString(value.toString());
		}
	}

	private static void field(JsonGenerator json, String name, @Nullable Object value) {
		if (value != null) {
			json.writeName(name);
			write(json, value);
		}
	}

}
