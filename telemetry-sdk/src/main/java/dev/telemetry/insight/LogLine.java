package dev.telemetry.insight;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a line of the local log as a map. The log is untrusted input: anything but one
 * object of text, numbers, booleans and at most one level of objects is no event.
 */
final class LogLine {

	private static final int MAX_DEPTH = 2;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxDocumentLength(ReverseLines.MAX_LINE)
			.maxNumberLength(64)
			.maxNameLength(1024)
			.build())
		.build();

	private LogLine() {
	}

	/**
	 * Read a line.
	 * @param line the line, without line feed
	 * @return its fields in their order, or {@code null} if it is no event
	 */
	static @Nullable Map<String, Object> parse(byte[] line) {
		if (line.length > ReverseLines.MAX_LINE) {
			return null;
		}
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			Map<String, Object> event = object(parser);
			return (event != null && parser.nextToken() == null && event.get("name") instanceof String) ? event : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable Map<String, Object> object(JsonParser parser) {
		Map<String, Object> object = new LinkedHashMap<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			@Nullable Object value = value(parser);
			if (value == null) {
				return null;
			}
			object.put(name, value);
		}
		return object;
	}

	private static @Nullable Object value(JsonParser parser) {
		@Nullable JsonToken token = parser.nextToken();
		if (token == null) {
			return null;
		}
		return switch (token) {
			case VALUE_STRING -> parser.getString();
			case VALUE_NUMBER_INT -> parser.getLongValue();
			case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case START_OBJECT -> object(parser);
			default -> null;
		};
	}

	private static @Nullable Double finite(double value) {
		return Double.isFinite(value) ? value : null;
	}

}
