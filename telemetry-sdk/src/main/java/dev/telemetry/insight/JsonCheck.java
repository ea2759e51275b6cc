package dev.telemetry.insight;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Whether bytes can be part of a JSON document as they are: exactly one object, whole, in
 * UTF-8. Files are untrusted input.
 */
final class JsonCheck {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
		.build();

	private JsonCheck() {
	}

	static boolean isObject(byte[] bytes) {
		try {
			// A parser that is passed bytes would try to detect other encodings
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
				return parser.nextToken() == JsonToken.START_OBJECT && isWhole(parser);
			}
		}
		catch (CharacterCodingException | JacksonException ex) {
			return false;
		}
	}

	private static boolean isWhole(JsonParser parser) {
		int depth = 1;
		while (depth > 0) {
			JsonToken token = parser.nextToken();
			if (token == null) {
				return false;
			}
			// Numbers and text are looked at only when they are asked for
			parser.getString();
			depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
		}
		return parser.nextToken() == null;
	}

}
