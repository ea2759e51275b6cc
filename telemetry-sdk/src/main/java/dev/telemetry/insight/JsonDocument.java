package dev.telemetry.cli;

import java.io.StringWriter;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes maps, lists, text, numbers and booleans as JSON in ASCII. Fields without a value
 * are left out.
 */
final class JsonText {

	private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private JsonText() {
	}

	static String write(Map<String, ?> document) {
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
