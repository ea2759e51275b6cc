package dev.telemetry.command;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Map;

import dev.telemetry.actuate.InlineDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes the endpoint's descriptors as JSON without data binding, which an application on
 * the command line need not have. Fields without a value are left out, and everything is
 * ASCII: whatever the console's encoding, it is read as it was meant.
 */
final class AnswerJson {

	private static final JsonFactory JSON = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private AnswerJson() {
	}

	static String write(Record document) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			write(json, document);
		}
		return text.toString();
	}

	private static void write(JsonGenerator json, @Nullable Object value) {
		if (value instanceof Record descriptor) {
			writeRecord(json, descriptor);
		}
		else if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			map.forEach((name, entry) -> {
				json.writeName(String.valueOf(name));
				write(json, entry);
			});
			json.writeEndObject();
		}
		else if (value instanceof Iterable<?> list) {
			json.writeStartArray();
			list.forEach((entry) -> write(json, entry));
			json.writeEndArray();
		}
		else {
			writeValue(json, value);
		}
	}

	private static void writeRecord(JsonGenerator json, Record descriptor) {
		json.writeStartObject();
		writeFields(json, descriptor);
		json.writeEndObject();
	}

	private static void writeFields(JsonGenerator json, Record descriptor) {
		for (RecordComponent component : descriptor.getClass().getRecordComponents()) {
			Object value = value(component, descriptor);
			if (value instanceof InlineDescriptor && value instanceof Record part) {
				writeFields(json, part);
			}
			else if (value != null) {
				json.writeName(component.getName());
				write(json, value);
			}
		}
	}

	private static void writeValue(JsonGenerator json, @Nullable Object value) {
		if (value instanceof Boolean flag) {
			json.writeBoolean(flag);
		}
		else if (value instanceof Long || value instanceof Integer) {
			json.writeNumber(((Number) value).longValue());
		}
		else if (value instanceof Number number) {
			json.writeNumber(number.doubleValue());
		}
		else if (value == null) {
			json.writeNull();
		}
		else {
			json.writeString(value.toString());
		}
	}

	static @Nullable Object value(RecordComponent component, Record descriptor) {
		try {
			return component.getAccessor().invoke(descriptor);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Descriptor cannot be read: " + component, ex);
		}
	}

}
