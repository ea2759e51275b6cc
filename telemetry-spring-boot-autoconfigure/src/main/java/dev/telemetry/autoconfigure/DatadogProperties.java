package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties under {@code telemetry.datadog}, for the metadata as
 * {@link TelemetryProperties}.
 *
 * @param apiKey API key of the organisation at Datadog. Shown nowhere.
 * @param site Site of Datadog, such as 'datadoghq.eu', or the address of your own proxy
 * that takes its logs. There is no default, since it says where the data lies.
 */
@ConfigurationProperties("telemetry.datadog")
record DatadogProperties(@Nullable String apiKey, @Nullable String site) {

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "DatadogProperties[" + this.site + "]";
	}

}
