package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.TelemetryInfoContributor;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.sdk.TelemetrySdk;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for what telemetry says at the endpoint
 * {@code info}: nothing unless it is asked to, since that answer may be public.
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledInfoContributor.class)
@ConditionalOnBean({ TelemetrySdk.class, StoredNotices.class })
@ConditionalOnEnabledInfoContributor(value = "telemetry", fallback = InfoContributorFallback.DISABLE)
public final class TelemetryInfoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TelemetryInfoContributor telemetryInfoContributor(TelemetrySdk sdk, StoredNotices notices) {
		return new TelemetryInfoContributor(sdk, notices);
	}

}
