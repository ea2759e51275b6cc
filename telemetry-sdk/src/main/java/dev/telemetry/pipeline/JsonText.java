package dev.telemetry.pipeline;

import java.lang.reflect.Array;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.event.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists and arrays as JSON, with every key and every text in them redacted.
 * Keys are sorted, so that equal values make equal texts.
 */
final class JsonText {

	private static final int MAX_DEPTH = 8;

	private static final int MAX_LENGTH = 8192;

	private final Redactor redactor;

	JsonText(Redactor redactor) {
		this.redactor = redactor;
	}

	/**
	 * Write a value.
	 * @param value a map, list or array
	 * @return its text, or {@link DeclaredValues#REFUSED} if it is too deep, too long or
	 * of something else
	 */
	Object write(@Nullable Object value) {
		StringBuilder text = new StringBuilder();
		try {
			return append(text, "", value, 0) ? text.toString() : DeclaredValues.REFUSED;
		}
		catch (RuntimeException ex) {
			// The value's own code failed
			return DeclaredValues.REFUSED;
		}
	}

	private boolean append(StringBuilder text, String key, @Nullable Object value, int depth) {
		if (depth > MAX_DEPTH || text.length() > MAX_LENGTH) {
			return false;
		}
		if (value instanceof Map<?, ?> map) {
			return appendMap(text, map, depth);
		}
		if (value instanceof Iterable<?> list) {
			return appendList(text, key, list, depth);
		}
		if (value != null && value.getClass().isArray()) {
			return appendArray(text, key, value, depth);
		}
		return appendScalar(text, key, value);
	}

	private boolean appendMap(StringBuilder text, Map<?, ?> map, int depth) {
		Map<String, @Nullable Object> sorted = new TreeMap<>();
		map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
		text.append('{');
		for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
			if (text.charAt(text.length() - 1) != '{') {
				text.append(',');
			}
			quote(text, this.redactor.redact(entry.getKey()));
			text.append(':');
			if (!append(text, entry.getKey(), entry.getValue(), depth + 1)) {
				return false;
			}
		}
		text.append('}');
		return true;
	}

	private boolean appendList(StringBuilder text, String key, Iterable<?> list, int depth) {
		text.append('[');
		for (Object item : list) {
			if (text.charAt(text.length() - 1) != '[') {
				text.append(',');
			}
			if (!append(text, key, item, depth + 1)) {
				return false;
			}
		}
		text.append(']');
		return true;
	}

	private boolean appendArray(StringBuilder text, String key, Object array, int depth) {
		text.append('[');
		for (int i = 0; i < Array.getLength(array); i++) {
			if (i > 0) {
				text.append(',');
			}
			if (!append(text, key, Array.get(array, i), depth + 1)) {
				return false;
			}
		}
		text.append(']');
		return true;
	}

	private boolean appendScalar(StringBuilder text, String key, @Nullable Object value) {
		Object normal = AttributeValue.normalise(value);
		if (normal == DeclaredValues.REFUSED) {
			return false;
		}
		if (normal instanceof String string) {
			quote(text, this.redactor.redactValue(key, string));
		}
		else {
			text.append(normal);
		}
		return true;
	}

	private static void quote(StringBuilder text, String string) {
		text.append('"');
		for (int i = 0; i < string.length(); i++) {
			char c = string.charAt(i);
			if (c == '"' || c == '\\') {
				text.append('\\').append(c);
			}
			else if (c < ' ') {
				text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
			}
			else {
				text.append(c);
			}
		}
		text.append('"');
	}

}
