package dev.telemetry.setting;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads several headers from one string: {@code Name: value, Name: value} with values
 * that may be quoted, or OpenTelemetry's {@code name=value,name=value} with percent
 * encoding. The two are not mixed: otherwise the rest of a value with a comma would
 * become a header of its own.
 */
public final class HeaderString {

	private static final String ACTION = "write 'Name: value, Name: value' and put quotes around a value with a comma";

	private HeaderString() {
	}

	/**
	 * Parse a string.
	 * @param text the string
	 * @return the headers in their order; of a repeated name the last wins
	 * @throws WrongValueException if an item is not a header
	 */
	public static Map<String, String> parse(String text) {
		Map<String, String> headers = new LinkedHashMap<>();
		char separator = 0;
		for (String item : split(text)) {
			int end = endOfName(item);
			if (end < 0 || (separator != 0 && item.charAt(end) != separator)) {
				throw new WrongValueException("has an item that is not a header", ACTION);
			}
			separator = item.charAt(end);
			String value = item.substring(end + 1).strip();
			headers.put(item.substring(0, end).strip().toLowerCase(Locale.ROOT),
					(separator == '=') ? percentDecoded(value) : unquoted(value));
		}
		return headers;
	}

	/** Splits at the commas outside of quotes; empty items do not count. */
	private static List<String> split(String text) {
		List<String> items = new ArrayList<>();
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\' && quoted) {
				i++;
			}
			else if (c == '"' && (quoted || isStartOfValue(text, start, i))) {
				quoted = !quoted;
			}
			else if (c == ',' && !quoted) {
				items.add(text.substring(start, i));
				start = i + 1;
			}
		}
		if (quoted) {
			throw new WrongValueException("has a quote that is never closed", ACTION);
		}
		items.add(text.substring(start));
		items.removeIf(String::isBlank);
		return items;
	}

	/** A quote opens a quoted value only as its first character. */
	private static boolean isStartOfValue(String text, int start, int quote) {
		return text.substring(start, quote).strip().endsWith(":");
	}

	private static int endOfName(String item) {
		int colon = item.indexOf(':');
		int equals = item.indexOf('=');
		if (colon < 0 || equals < 0) {
			return Math.max(colon, equals);
		}
		return Math.min(colon, equals);
	}

	private static String unquoted(String value) {
		if (value.length() < 2 || value.charAt(0) != '"') {
			return value;
		}
		if (value.charAt(value.length() - 1) != '"') {
			throw new WrongValueException("has text after a quoted value", ACTION);
		}
		StringBuilder text = new StringBuilder(value.length());
		for (int i = 1; i < value.length() - 1; i++) {
			char c = value.charAt(i);
			text.append((c == '\\') ? value.charAt(++i) : c);
		}
		return text.toString();
	}

	private static String percentDecoded(String value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '%') {
				bytes.write(octet(value, i + 1));
				i += 2;
			}
			else if (c <= '~') {
				bytes.write(c);
			}
			else {
				throw new WrongValueException("has a character that is not ASCII", "percent-encode it");
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static int octet(String value, int start) {
		if (start + 1 < value.length()) {
			int high = Character.digit(value.charAt(start), 16);
			int low = Character.digit(value.charAt(start + 1), 16);
			if (high >= 0 && low >= 0) {
				return high * 16 + low;
			}
		}
		throw new WrongValueException("has a broken percent encoding", "write '%25' for a percent sign");
	}

}
