package dev.telemetry.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import dev.telemetry.actuate.NoticeView;
import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.notice.NoticeDescriptions;
import dev.telemetry.consent.notice.NoticeLanguages;
import dev.telemetry.consent.notice.NoticeRenderer;
import dev.telemetry.consent.notice.StoredNotices;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.ExampleEvents;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The gate, where its decisions are stored, and the notice they are about. */
@Configuration(proxyBeanMethods = false)
final class TelemetryConsentConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConsentStore telemetryConsentStore(TelemetrySettings settings, ObjectProvider<SharedConsentStores> shared,
			Problems problems) {
		return new ConsentStores(settings, problems).create(shared.getIfAvailable());
	}

	@Bean
	StoredNotices telemetryNotices(ConsentStore store) {
		return new StoredNotices(store);
	}

	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	ConsentGate telemetryConsentGate(TelemetrySettings settings, ConsentStore store, StoredNotices notices,
			TelemetrySinkFactories sinks, ObjectProvider<ConsentSource> sources, TelemetryYamlFile yaml,
			ProtectiveCap cap, Environment environment, Problems problems, ObjectProvider<MemoryOnly> memoryOnly) {
		MemoryOnly memory = memoryOnly.getIfAvailable();
		List<ConsentSource> all = (memory != null) ? memory.sources(environment)
				: TelemetryWiring.consentSources(settings, environment, yaml, sources, problems);
		return ConsentGate.builder(store)
			.tool(TelemetryWiring.toolName(settings))
			.sources(all)
			.policy(TelemetryWiring.consentPolicy(settings))
			.notices(notices)
			.problems(problems)
			.cap(() -> ConsentCap.stricter(cap.get(), sinks.cap()))
			.build();
	}

	@Bean
	NoticePublisher telemetryNoticePublisher(TelemetrySettings settings, TelemetrySinkFactories sinks,
			TelemetrySpecRegistry registry, SpecFiles specs, StoredNotices notices,
			ObjectProvider<DeletionRequestor> requestors, Environment environment, Problems problems) {
		String deletion = DeletionWiring.channel(settings, requestors.getIfAvailable());
		return new NoticePublisher(TelemetryWiring.notice(settings,
				TelemetryWiring.undeclared(settings, specs, registry), sinks, deletion), registry, notices,
				NoticePublisher.PinnedNotice.of(settings, environment), problems);
	}

	@Bean
	@ConditionalOnMissingBean
	NoticeRenderer telemetryNoticeRenderer(TelemetrySettings settings, ApplicationContext context, Problems problems) {
		ClassLoader loader = context.getClassLoader();
		return new NoticeRenderer(new NoticeLanguages((loader != null) ? loader : NoticeRenderer.class.getClassLoader(),
				problems::report), settings.statements());
	}

	@Bean
	@ConditionalOnMissingBean
	NoticeView telemetryNoticeView(StoredNotices notices, TelemetrySettings settings, TelemetrySpecRegistry registry,
			TelemetrySdk sdk, NoticeRenderer renderer) {
		return new NoticeView(notices, new ExampleEvents(settings.tool().version(), registry, InstantSource.system()),
				sdk.gate(), renderer, () -> NoticeDescriptions.of(registry.events()));
	}

	@Bean
	StartMessage telemetryStartMessage(TelemetrySdk sdk, ObjectProvider<NoticeAddress> address) {
		return new StartMessage(sdk.gate()::decision, address::getIfAvailable);
	}

}
