package dev.telemetry.actuate;

import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The body of a command: nothing, or a JSON object with {@code scope}, {@code notice} and
 * {@code locale} as texts, each at most once. Spring Boot would drop any other key
 * without a word, so that a {@code Scope} would grant more than was meant, and an
 * {@code action} would replace the one in the path.
 */
final class CommandBody {

	/** No command needs a tenth of it. */
	static final int MAX_BYTES = 8 * 1024;

	private static final Set<String> KEYS = Set.of("scope", "notice", "locale");

	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private CommandBody() {
	}

	/**
	 * Judge a body.
	 * @param body the body, or more of it than is allowed
	 * @return {@code PASS} or why not
	 */
	static GuardVerdict judge(byte[] body) {
		if (body.length > MAX_BYTES) {
			return GuardVerdict.BODY_TOO_LONG;
		}
		return (body.length == 0 || isCommand(body)) ? GuardVerdict.PASS : GuardVerdict.BODY_NOT_TAKEN;
	}

	private static boolean isCommand(byte[] body) {
		try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
			return json.nextToken() == JsonToken.START_OBJECT && hasOnlyKnownTexts(json) && json.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/** Never enters an array or another object, however deep they are. */
	private static boolean hasOnlyKnownTexts(JsonParser json) {
		JsonToken token = json.nextToken();
		while (token == JsonToken.PROPERTY_NAME && KEYS.contains(json.currentName())) {
			JsonToken value = json.nextToken();
			if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
				return false;
			}
			token = json.nextToken();
		}
		return token == JsonToken.END_OBJECT;
	}

}
