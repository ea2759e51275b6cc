package dev.telemetry.machine;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One line of the journal of identifiers. */
final class IdJournalLine {

	private static final int MAX_LENGTH = 128;

	private static final JsonFactory JSON = new JsonFactory();

	private IdJournalLine() {
	}

	static boolean isId(@Nullable String text) {
		return text != null && !text.isEmpty() && text.length() <= MAX_LENGTH
				&& text.chars().allMatch(IdJournalLine::isIdCharacter);
	}

	private static boolean isIdCharacter(int character) {
		return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
				|| (character >= 'A' && character <= 'Z') || character == '-' || character == '_';
	}

	/** An identifier needs no escapes. */
	static String write(String id, Instant firstSent) {
		return "{\"id\":\"" + id + "\",\"first_sent\":\"" + firstSent + "\"}";
	}

	/**
	 * The identifier, or {@code null} when the line is empty, torn or not one of ours.
	 */
	static @Nullable String parse(String line) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			@Nullable String id = null;
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
				id = (text && name.equals("id")) ? parser.getString() : id;
				parser.skipChildren();
			}
			return (isId(id) && parser.currentToken() == JsonToken.END_OBJECT) ? id : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
