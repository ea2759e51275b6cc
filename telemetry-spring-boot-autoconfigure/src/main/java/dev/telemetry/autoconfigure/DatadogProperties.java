package dev.telemetry.autoconfigure;

import java.net.URI;

import dev.telemetry.autoconfigure.PropertyRules.Address;
import dev.telemetry.autoconfigure.PropertyRules.OfSink;
import dev.telemetry.autoconfigure.PropertyRules.Secret;
import dev.telemetry.autoconfigure.PropertyRules.Syntax;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.sink.datadog.DatadogSinkFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties under {@code telemetry.datadog}, stated once as those of
 * {@link TelemetryProperties}.
 *
 * @param apiKey API key of the organisation at Datadog. Shown nowhere.
 * @param site Site of Datadog, such as 'datadoghq.eu', or the address of your own proxy
 * that takes its logs. There is no default, since it says where the data lies.
 */
@ConfigurationProperties("telemetry.datadog")
record DatadogProperties(@Secret @OfSink("datadog") @Syntax(PropertySyntax.VendorKey.class) @Nullable String apiKey,
		@Address @OfSink("datadog") @Syntax(DatadogProperties.Site.class) @Nullable String site)
		implements
			VendorProperties {

	@Override
	public Part address() {
		return new Part("site", this.site);
	}

	@Override
	public Part key() {
		return new Part("api-key", this.apiKey);
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "DatadogProperties[" + this.site + "]";
	}

	/** A site of Datadog, or an address that takes logs in its place. */
	static final class Site implements ValueParser<String> {

		@Override
		public String parse(String text) {
			URI intake = DatadogSinkFactory.intake(text);
			if (intake != null) {
				return intake.toString();
			}
			try {
				return OtlpEndpoint.checked(text).toString();
			}
			catch (WrongValueException ex) {
				throw new WrongValueException("is no site of Datadog",
						"use one such as 'datadoghq.com' or 'datadoghq.eu',"
								+ " or the address of your own proxy, which begins with 'https://'");
			}
		}

	}

}
