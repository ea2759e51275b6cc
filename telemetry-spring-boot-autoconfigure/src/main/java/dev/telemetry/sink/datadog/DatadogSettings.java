package dev.telemetry.sink.datadog;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.http.HttpSettings;
import org.jspecify.annotations.Nullable;

/**
 * Where an organisation of Datadog is and how it is told apart.
 *
 * @param http where and how to send; the address ends in {@link #PATH}, its header fields
 * do not count
 * @param apiKey the key of the organisation, which is shown nowhere
 */
public record DatadogSettings(HttpSettings http, String apiKey) {

	/** What follows the host. */
	public static final String PATH = "/api/v2/logs";

	/** The domains of Datadog's sites, or what they end in. */
	private static final Pattern SITE = Pattern
		.compile("([a-z0-9-]{1,20}\\.)?(datadoghq\\.com|datadoghq\\.eu|ddog-gov\\.com)");

	private static final Pattern API_KEY = Pattern.compile("[A-Za-z0-9_-]{1,255}");

	public DatadogSettings {
		Objects.requireNonNull(http, "'http' must not be null");
		if (!isKey(apiKey)) {
			throw new IllegalArgumentException("'apiKey' must be 1 to 255 letters, digits, '_' and '-'");
		}
	}

	/**
	 * Return whether a text can be the key of an organisation.
	 * @param text the text
	 * @return {@code true} for up to 255 letters, digits, underscores and hyphens
	 */
	public static boolean isKey(String text) {
		return API_KEY.matcher(text).matches();
	}

	/**
	 * Return where a site takes logs.
	 * @param site the site, such as {@code datadoghq.eu}
	 * @return the address of its host, or {@code null} if it is no site of Datadog
	 */
	public static @Nullable URI intake(String site) {
		// What people see in their browser: no site, and no intake
		boolean known = SITE.matcher(site).matches() && !site.startsWith("app.");
		return known ? URI.create("https://http-intake.logs." + site) : null;
	}

	/** Return where and how to send, with the key. */
	HttpSettings authorized() {
		return new HttpSettings(this.http.endpoint(), HttpHeaders.of(Map.of("DD-API-KEY", this.apiKey)),
				this.http.gzip(), this.http.exportTimeout(), this.http.property());
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "DatadogSettings[" + this.http + "]";
	}

}
