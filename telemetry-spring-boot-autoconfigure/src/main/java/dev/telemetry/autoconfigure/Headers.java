package dev.telemetry.autoconfigure;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * HTTP request headers, merged by name whatever its case. Values are secrets: they are
 * never printed.
 */
final class Headers {

	/** Set by the transport itself, or refused by the JDK's client. */
	private static final Set<String> RESERVED = Set.of("connection", "content-encoding", "content-length",
			"content-type", "expect", "host", "transfer-encoding", "upgrade");

	/** Parts of the names of headers that hold credentials. */
	private static final Set<String> SECRET = Set.of("auth", "token", "key", "secret", "password", "cookie",
			"credential");

	private static final int MAX_HEADERS = 64;

	private static final int MAX_VALUE_LENGTH = 8192;

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	/**
	 * Add a header, replacing one of the same name.
	 * @param name the name
	 * @param value the value
	 * @throws WrongValueException if RFC 9110 does not allow one of them
	 */
	void put(String name, String value) {
		if (name.isEmpty() || !name.chars().allMatch(Headers::isTokenCharacter)) {
			throw new WrongValueException("has a header without a valid name", "write 'Name: value, Name: value'");
		}
		if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
			throw new WrongValueException("has the header '" + name + "', which is set by the transport",
					"leave it out");
		}
		if (value.isBlank() || value.length() > MAX_VALUE_LENGTH
				|| !value.chars().allMatch(Headers::isFieldCharacter)) {
			throw new WrongValueException("has no valid value for the header '" + name + "'",
					"use one line of printable ASCII characters");
		}
		this.values.remove(name);
		this.values.put(name, value.strip());
		if (this.values.size() > MAX_HEADERS) {
			throw new WrongValueException("has more than " + MAX_HEADERS + " headers", "use fewer");
		}
	}

	void putAll(Map<String, String> others) {
		others.forEach(this::put);
	}

	/**
	 * Return whether one of the headers looks as if it held credentials.
	 * @return {@code true} by the names alone
	 */
	boolean hasCredentials() {
		return this.values.keySet()
			.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.anyMatch((name) -> SECRET.stream().anyMatch(name::contains));
	}

	/**
	 * Return the headers, for the transport alone.
	 * @return an unmodifiable view whose own {@code toString} shows the values
	 */
	Map<String, String> asMap() {
		return Collections.unmodifiableMap(this.values);
	}

	/** The characters of a token, RFC 9110 section 5.6.2. */
	private static boolean isTokenCharacter(int c) {
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
				|| TOKEN_PUNCTUATION.indexOf(c) >= 0;
	}

	/** The characters of a field value, RFC 9110 section 5.5, without obsolete ones. */
	private static boolean isFieldCharacter(int c) {
		return (c >= ' ' && c <= '~') || c == '\t';
	}

	@Override
	public String toString() {
		return this.values.keySet() + " (values hidden)";
	}

}
