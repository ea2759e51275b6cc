package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.TelemetryActivity;
import dev.telemetry.actuate.TelemetryMetrics;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.sdk.TelemetrySdk;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the meters of telemetry, in an
 * application that has a registry of Micrometer.
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean({ TelemetrySdk.class, TelemetryActivity.class, MeterRegistry.class })
public final class TelemetryMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TelemetryMetrics telemetryMetrics(TelemetrySdk sdk, TelemetryActivity activity, ConsentGate gate) {
		TelemetryMetrics metrics = new TelemetryMetrics(sdk, activity);
		gate.addListener(metrics);
		return metrics;
	}

}
