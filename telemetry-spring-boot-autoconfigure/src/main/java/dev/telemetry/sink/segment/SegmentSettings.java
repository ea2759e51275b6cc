package dev.telemetry.sink.segment;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.http.HttpSettings;

/**
 * Where a source of Segment is and how it is told apart.
 *
 * @param http where and how to send; the address ends in {@link #PATH}, its header fields
 * do not count
 * @param writeKey the key of the source, which is shown nowhere
 */
public record SegmentSettings(HttpSettings http, String writeKey) {

	/** What follows the host. */
	public static final String PATH = "/v1/batch";

	private static final Pattern WRITE_KEY = Pattern.compile("[A-Za-z0-9_-]{1,255}");

	public SegmentSettings {
		Objects.requireNonNull(http, "'http' must not be null");
		if (!isKey(writeKey)) {
			throw new IllegalArgumentException("'writeKey' must be 1 to 255 letters, digits, '_' and '-'");
		}
	}

	/**
	 * Return whether a text can be the key of a source.
	 * @param text the text
	 * @return {@code true} for up to 255 letters, digits, underscores and hyphens
	 */
	public static boolean isKey(String text) {
		return WRITE_KEY.matcher(text).matches();
	}

	/** Return where and how to send, with the key as a user without a password. */
	HttpSettings authorized() {
		String user = Base64.getEncoder().encodeToString((this.writeKey + ":").getBytes(StandardCharsets.US_ASCII));
		return new HttpSettings(this.http.endpoint(), HttpHeaders.of(Map.of("Authorization", "Basic " + user)),
				this.http.gzip(), this.http.exportTimeout(), this.http.property());
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "SegmentSettings[" + this.http + "]";
	}

}
