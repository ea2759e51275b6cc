package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.TelemetryActivity;
import dev.telemetry.actuate.TelemetryHealthIndicator;
import dev.telemetry.sdk.TelemetrySdk;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the health contributor
 * {@code telemetry}.
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean({ TelemetrySdk.class, TelemetryActivity.class })
@ConditionalOnEnabledHealthIndicator("telemetry")
public final class TelemetryHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "telemetryHealthIndicator")
	TelemetryHealthIndicator telemetryHealthIndicator(TelemetrySdk sdk, TelemetryActivity activity) {
		return new TelemetryHealthIndicator(sdk, activity);
	}

}
