package dev.telemetry.sink.http;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * An object of JSON that was answered: untrusted, so it is read within bounds and to a
 * small depth.
 */
public final class JsonAnswer {

	private static final int MAX_DEPTH = 16;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.build();

	/** Scalars as text, objects as answers, arrays as whether they hold anything. */
	private final Map<String, Object> members;

	private JsonAnswer(Map<String, Object> members) {
		this.members = members;
	}

	/**
	 * Read a body.
	 * @param body the body
	 * @return the object, or {@code null} if it is anything else
	 */
	public static @Nullable JsonAnswer read(byte[] body) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			JsonAnswer answer = object(parser);
			return (parser.nextToken() == null) ? answer : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static JsonAnswer object(JsonParser parser) {
		Map<String, Object> members = new HashMap<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			if (token != JsonToken.VALUE_NULL) {
				members.put(name, value(parser, token));
			}
		}
		return new JsonAnswer(members);
	}

	private static Object value(JsonParser parser, JsonToken token) {
		return switch (token) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> array(parser);
			default -> parser.getString();
		};
	}

	private static boolean array(JsonParser parser) {
		boolean any = false;
		for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			value(parser, token);
			any = true;
		}
		return any;
	}

	/**
	 * Return a string, a number or a word.
	 * @param name the name of the member
	 * @return the value as it was written, or {@code null}
	 */
	public @Nullable String text(String name) {
		return (this.members.get(name) instanceof String text) ? text : null;
	}

	/**
	 * Return an object within.
	 * @param name the name of the member
	 * @return the object, or {@code null}
	 */
	public @Nullable JsonAnswer object(String name) {
		return (this.members.get(name) instanceof JsonAnswer object) ? object : null;
	}

	/**
	 * Return whether a member says anything.
	 * @param name the name of the member
	 * @return {@code false} if it is not there, {@code null}, {@code false} or empty
	 */
	public boolean holds(String name) {
		Object value = this.members.get(name);
		if (value instanceof JsonAnswer object) {
			return !object.members.isEmpty();
		}
		return (value instanceof Boolean any) ? any : value != null && !value.equals("") && !value.equals("false");
	}

}
