package dev.telemetry.event;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one event from one line of untrusted JSON. Whatever the bytes are, the outcome is
 * an event that {@link Event.Builder} would make too, or an {@link IOException} whose
 * message holds nothing of the line.
 */
final class JsonEventReader {

	private static final int MAX_DEPTH = 4;

	private static final int MAX_NUMBER_LENGTH = 32;

	// Names come from files: nothing of them is stored in tables that outlive the line
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxStringLength(Text.MAX_LENGTH)
			.maxNameLength(Text.MAX_LENGTH)
			.maxNumberLength(MAX_NUMBER_LENGTH)
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.build();

	private @Nullable EventOrigin lastOrigin;

	Event read(byte[] line, int offset, int length) throws IOException {
		int end = endOf(line, offset, length);
		if (end - offset > EventCodec.MAX_LINE_LENGTH) {
			throw new IOException("the line is longer than " + EventCodec.MAX_LINE_LENGTH + " bytes");
		}
		for (int i = offset; i < end; i++) {
			if (line[i] < ' ' || line[i] > '~') {
				throw new IOException("the line is not printable ASCII");
			}
		}
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line, offset, end - offset)) {
			return read(parser);
		}
		catch (JacksonException ex) {
			// Without the cause: its message may quote the line
			throw new IOException("the line is not one JSON object within the limits");
		}
	}

	private static int endOf(byte[] line, int offset, int length) {
		int end = offset + length;
		if (end > offset && line[end - 1] == '\n') {
			end--;
		}
		return (end > offset && line[end - 1] == '\r') ? end - 1 : end;
	}

	private Event read(JsonParser parser) throws IOException {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new IOException("the line is not a JSON object");
		}
		LineFields fields = new LineFields();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "attrs" -> readAttributes(parser, token, fields);
				case "sampling_rate" -> fields.samplingRate(readNumber(parser, token));
				case "schema_version" -> fields.schemaVersion(readNumber(parser, token));
				default -> readString(parser, token, name, fields);
			}
		}
		if (parser.nextToken() != null) {
			throw new IOException("the line has something behind the JSON object");
		}
		Event event = fields.toEvent(this.lastOrigin);
		this.lastOrigin = event.origin();
		return event;
	}

	private static void readString(JsonParser parser, JsonToken token, String name, LineFields fields)
			throws IOException {
		if (!LineFields.isField(name)) {
			parser.skipChildren();
		}
		else if (token == JsonToken.VALUE_STRING) {
			fields.set(name, parser.getString());
		}
		else {
			throw new IOException("'" + name + "' is not a string");
		}
	}

	private static double readNumber(JsonParser parser, JsonToken token) throws IOException {
		if (!token.isNumeric()) {
			throw new IOException("the line has no number where one belongs");
		}
		return parser.getDoubleValue();
	}

	private static void readAttributes(JsonParser parser, JsonToken token, LineFields fields) throws IOException {
		if (token != JsonToken.START_OBJECT) {
			throw new IOException("'attrs' is not an object");
		}
		for (String key = parser.nextName(); key != null; key = parser.nextName()) {
			fields.attribute(key, readValue(parser, parser.nextToken()));
		}
	}

	private static @Nullable Object readValue(JsonParser parser, JsonToken token) throws IOException {
		return switch (token) {
			case VALUE_STRING -> parser.getString();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
			case VALUE_NULL -> null;
			default -> throw new IOException("the line has an attribute that is not a plain value");
		};
	}

}
