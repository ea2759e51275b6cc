package dev.telemetry.autoconfigure;

import dev.telemetry.autoconfigure.PropertyRules.Address;
import dev.telemetry.autoconfigure.PropertyRules.OfSink;
import dev.telemetry.autoconfigure.PropertyRules.Secret;
import dev.telemetry.autoconfigure.PropertyRules.Syntax;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties under {@code telemetry.posthog}, stated once as those of
 * {@link TelemetryProperties}.
 *
 * @param apiKey Key of the PostHog project, 'phc_' and more. Shown nowhere.
 * @param host Address of PostHog: 'https://eu.i.posthog.com', 'https://us.i.posthog.com'
 * or one of your own.
 */
@ConfigurationProperties("telemetry.posthog")
record PostHogProperties(@Secret @OfSink("posthog") @Syntax(PostHogProperties.ProjectKey.class) @Nullable String apiKey,
		@Address @OfSink("posthog") @Syntax(PropertySyntax.VendorHost.class) @Nullable String host)
		implements
			VendorProperties {

	@Override
	public Part address() {
		return new Part("host", this.host);
	}

	@Override
	public Part key() {
		return new Part("api-key", this.apiKey);
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "PostHogProperties[" + this.host + "]";
	}

	/** The key of a project at PostHog, which only writes. */
	static final class ProjectKey extends PropertySyntax.VendorKey {

		/**
		 * The prefix of personal keys: anyone who has such a key can open the project.
		 */
		private static final String PERSONAL = "phx_";

		@Override
		public String parse(String text) {
			if (text.startsWith(PERSONAL)) {
				throw new WrongValueException("is a personal key, which opens the project to anyone who finds it",
						"use the key of the project, which begins with phc_");
			}
			return super.parse(text);
		}

	}

}
