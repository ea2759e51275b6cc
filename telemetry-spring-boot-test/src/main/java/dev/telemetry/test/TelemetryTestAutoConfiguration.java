package dev.telemetry.test;

import dev.telemetry.autoconfigure.MemoryOnly;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * {@link AutoConfiguration Auto-configuration} for telemetry in tests. Not listed among
 * those of applications: {@link TelemetryContextCustomizer} imports it into the contexts
 * of Spring's tests, so that an application a test starts by itself is the real one.
 */
@AutoConfiguration(before = TelemetryAutoConfiguration.class)
@ConditionalOnMissingBean(RecordedTelemetry.class)
final class TelemetryTestAutoConfiguration {

	@Bean
	MemoryOnly telemetryMemoryOnly() {
		return new MemoryOnly();
	}

	/** Takes the place of a store that the application has. */
	@Bean
	@Primary
	TestConsentStore telemetryTestConsentStore(TestConsent consent, ObjectProvider<StoredNotices> notices) {
		return new TestConsentStore(consent, () -> notices.getObject().today());
	}

	@Bean
	RecordedTelemetry recordedTelemetry(ObjectProvider<TelemetrySdk> sdk, TelemetrySpecRegistry registry,
			ObjectProvider<StoredNotices> notices) {
		return new RecordedTelemetry(sdk::getObject, new DeclaredEvents(registry, notices::getIfAvailable));
	}

	@Bean
	TelemetrySinkFactory telemetryRecordedSinkFactory(RecordedTelemetry recorded) {
		return recorded.sink();
	}

}
