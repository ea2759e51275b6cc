package dev.telemetry.sink.http;

import java.util.Objects;
import java.util.regex.Pattern;

import dev.telemetry.sink.HttpHeaders;

/**
 * Where a vendor is and how its customer is told apart.
 *
 * @param http where and how to send, with the vendor's path; its header fields do not
 * count
 * @param key the key that the vendor issued, which is shown nowhere
 */
public record VendorSettings(HttpSettings http, String key) {

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,255}");

	public VendorSettings {
		Objects.requireNonNull(http, "'http' must not be null");
		if (!isKey(key)) {
			throw new IllegalArgumentException("'key' must be 1 to 255 letters, digits, '_' and '-'");
		}
	}

	/**
	 * Return whether a text can be a key.
	 * @param text the text
	 * @return {@code true} for up to 255 letters, digits, underscores and hyphens
	 */
	public static boolean isKey(String text) {
		return KEY.matcher(text).matches();
	}

	/**
	 * Return where and how to send, with header fields that contain the key.
	 * @param headers the header fields
	 * @return the settings of the sink
	 */
	public HttpSettings with(HttpHeaders headers) {
		return new HttpSettings(this.http.endpoint(), headers, this.http.gzip(), this.http.exportTimeout(),
				this.http.property(), this.http.sent());
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "VendorSettings[" + this.http + "]";
	}

}
