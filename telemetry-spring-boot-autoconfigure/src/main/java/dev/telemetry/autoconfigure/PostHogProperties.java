package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties under {@code telemetry.posthog}, for the metadata as
 * {@link TelemetryProperties}.
 *
 * @param apiKey Key of the PostHog project, 'phc_' and more. Shown nowhere.
 * @param host Address of PostHog: 'https://eu.i.posthog.com', 'https://us.i.posthog.com'
 * or one of your own.
 */
@ConfigurationProperties("telemetry.posthog")
record PostHogProperties(@Nullable String apiKey, @Nullable String host) {

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "PostHogProperties[" + this.host + "]";
	}

}
