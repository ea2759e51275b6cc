package dev.telemetry.consent.store;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.telemetry.Internal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * JSON that has one form only: keys sorted, no white space, ASCII, numbers whole. A value
 * is a sorted map, a list, a string, a {@link Long} or a {@link Boolean}.
 */
@Internal
public final class CanonicalJson {

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.build();

	private static final int MAX_DEPTH = 8;

	private CanonicalJson() {
	}

	public static byte[] write(SortedMap<String, Object> tree) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			write(tree, json);
		}
		return text.toString().getBytes(StandardCharsets.US_ASCII);
	}

	private static void write(Object value, JsonGenerator json) {
		if (value instanceof SortedMap<?, ?> map) {
			json.writeStartObject();
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				json.writeName((String) entry.getKey());
				write(entry.getValue(), json);
			}
			json.writeEndObject();
		}
		else if (value instanceof List<?> list) {
			json.writeStartArray();
			list.forEach((element) -> write(element, json));
			json.writeEndArray();
		}
		else if (value instanceof Long number) {
			json.writeNumber(number);
		}
		else if (value instanceof Boolean flag) {
			json.writeBoolean(flag);
		}
		else {
			json.writeString((String) value);
		}
	}

	public static String hash(byte[] json) {
		return ConsentRecordFormat.checksum(new String(json, StandardCharsets.US_ASCII));
	}

	/**
	 * Read an object. Its format is not checked here: a caller that needs that writes it
	 * again and compares.
	 * @param json the text
	 * @return the object
	 * @throws IOException with a reason in one clause if it is not one
	 */
	public static SortedMap<String, Object> read(byte[] json) throws IOException {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new IOException("it is not a JSON object");
			}
			SortedMap<String, Object> tree = object(parser, 1);
			if (parser.nextToken() != null) {
				throw new IOException("it is not one whole JSON object");
			}
			return tree;
		}
		catch (JacksonException ex) {
			throw new IOException("it is not JSON", ex);
		}
	}

	private static SortedMap<String, Object> object(JsonParser parser, int depth) throws IOException {
		SortedMap<String, Object> object = new TreeMap<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			object.put(name, value(parser, depth));
		}
		return object;
	}

	private static List<Object> array(JsonParser parser, int depth) throws IOException {
		List<Object> array = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			array.add(value(parser, depth));
		}
		return array;
	}

	private static Object value(JsonParser parser, int depth) throws IOException {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_STRING) {
			return parser.getString();
		}
		if (token == JsonToken.VALUE_NUMBER_INT) {
			return parser.getLongValue();
		}
		if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
			return token == JsonToken.VALUE_TRUE;
		}
		if (depth < MAX_DEPTH && token == JsonToken.START_OBJECT) {
			return object(parser, depth + 1);
		}
		if (depth < MAX_DEPTH && token == JsonToken.START_ARRAY) {
			return array(parser, depth + 1);
		}
		throw new IOException("it has a value that is neither a text, a whole number, true nor false");
	}

}
