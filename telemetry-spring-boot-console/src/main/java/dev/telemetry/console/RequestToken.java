package dev.telemetry.console;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The token by which Spring Security tells the page from a page of another origin.
 *
 * @param name the header that a write has to send, or {@code null} without protection
 * @param value its value, or {@code null} without protection
 */
record RequestToken(@Nullable String name, @Nullable String value) {

	/** Nothing asks for a token. */
	static final RequestToken NONE = new RequestToken(null, null);

	Map<String, String> toDocument() {
		String header = this.name;
		String token = this.value;
		return (header != null && token != null) ? Map.of("name", header, "value", token) : Map.of();
	}

}
