package dev.telemetry.sink.posthog;

import java.util.Objects;
import java.util.regex.Pattern;

import dev.telemetry.sink.http.HttpSettings;

/**
 * Where a project of PostHog is and how it is told apart.
 *
 * @param http where and how to send; the address ends in {@link #PATH}
 * @param apiKey the key of the project, which is shown nowhere
 */
public record PostHogSettings(HttpSettings http, String apiKey) {

	/** What follows the host. */
	public static final String PATH = "/batch/";

	/**
	 * Keys of projects are {@code phc_} and letters and digits; older ones only those.
	 */
	private static final Pattern API_KEY = Pattern.compile("[A-Za-z0-9_-]{1,255}");

	public PostHogSettings {
		Objects.requireNonNull(http, "'http' must not be null");
		if (!isKey(apiKey)) {
			throw new IllegalArgumentException("'apiKey' must be 1 to 255 letters, digits, '_' and '-'");
		}
	}

	/**
	 * Return whether a text can be the key of a project.
	 * @param text the text
	 * @return {@code true} for up to 255 letters, digits, underscores and hyphens
	 */
	public static boolean isKey(String text) {
		return API_KEY.matcher(text).matches();
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "PostHogSettings[" + this.http + "]";
	}

}
