package dev.telemetry.sink;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import dev.telemetry.Internal;

/**
 * Header fields that are configured for our requests. Names are compared without regard
 * to case. Values may be secrets: they are handed to {@link #forEach} only and appear in
 * no message and not in {@link #toString()}.
 */
@Internal
public final class HttpHeaders {

	/** No header fields. */
	public static final HttpHeaders NONE = new HttpHeaders(Map.of());

	/** What the connection or the sink itself sets. */
	private static final Set<String> RESERVED = Set.of("connection", "content-encoding", "content-length",
			"content-type", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
			"upgrade", "user-agent");

	/**
	 * Header fields that hold no credentials. Any other may: what
	 * {@code x-honeycomb-team} holds is a key, and nothing in its name tells.
	 */
	private static final Set<String> HARMLESS = Set.of("accept", "accept-charset", "accept-encoding", "accept-language",
			"cache-control", "content-language", "dnt", "pragma", "sec-gpc");

	private static final int MAX_FIELDS = 64;

	private static final int MAX_VALUE_LENGTH = 8192;

	/** The characters of a token beside letters and digits, RFC 9110 section 5.6.2. */
	private static final String TOKEN = "!#$%&'*+-.^_`|~";

	private final Map<String, String> values;

	private HttpHeaders(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Check header fields.
	 * @param values the values by name
	 * @return the header fields
	 * @throws IllegalArgumentException if a name is not a token (RFC 9110), is reserved
	 * or occurs twice in different cases, if a value is blank, longer than 8192
	 * characters or holds anything but printable ASCII, spaces and tabs, or if there are
	 * more than 64; the message quotes a valid name, never a value
	 */
	public static HttpHeaders of(Map<String, String> values) {
		Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		values.forEach((name, value) -> {
			checkName(name);
			checkLength(name, value);
			checkValue(name, value);
			if (checked.put(name, value.strip()) != null) {
				throw new IllegalArgumentException("header '" + name + "' must not occur twice");
			}
		});
		if (checked.size() > MAX_FIELDS) {
			throw new IllegalArgumentException("there must not be more than " + MAX_FIELDS + " headers");
		}
		return new HttpHeaders(Collections.unmodifiableMap(checked));
	}

	private static void checkName(String name) {
		if (name.isEmpty() || !name.chars().allMatch(HttpHeaders::isTokenCharacter)) {
			// Not quoted: behind a value's unquoted comma it is a part of the value
			throw new IllegalArgumentException("the name of a header must be a token as of RFC 9110");
		}
		if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("header '" + name + "' must not be set: the sink sets it itself");
		}
	}

	private static void checkValue(String name, String value) {
		if (!value.chars().allMatch((c) -> c == '\t' || (c >= ' ' && c <= '~'))) {
			throw new IllegalArgumentException(
					"the value of header '" + name + "' must hold nothing but printable ASCII, spaces and tabs");
		}
	}

	private static void checkLength(String name, String value) {
		if (value.isBlank() || value.length() > MAX_VALUE_LENGTH) {
			throw new IllegalArgumentException("the value of header '" + name + "' must not be blank or longer than "
					+ MAX_VALUE_LENGTH + " characters");
		}
	}

	private static boolean isTokenCharacter(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || TOKEN.indexOf(c) >= 0;
	}

	/**
	 * Return the names.
	 * @return the names as they were configured, in alphabetical order
	 */
	public Set<String> names() {
		return this.values.keySet();
	}

	/**
	 * Hand out each name and value, for the request alone.
	 * @param action what to do with a field
	 */
	public void forEach(BiConsumer<String, String> action) {
		this.values.forEach(action);
	}

	/**
	 * Return whether one of the header fields may hold credentials.
	 * @return {@code false} if all of them are known to hold none
	 */
	public boolean hasCredentials() {
		return names().stream().anyMatch((name) -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
	}

	/**
	 * Return the names only.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("{");
		names().forEach((name) -> text.append((text.length() > 1) ? ", " : "").append(name).append("=******"));
		return text.append("}").toString();
	}

}
