package dev.telemetry.autoconfigure;

import java.util.List;

import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.actuate.TelemetryActivity;
import dev.telemetry.anomaly.AnomalyMonitor;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.declaration.Declarations;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.deletion.RetentionSweeper;
import dev.telemetry.delivery.DeliveryActivity;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetrySdkBuilder;
import dev.telemetry.sdk.TenantControls;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is declared, and the entry points that record it. */
@Configuration(proxyBeanMethods = false)
final class TelemetryRecordingConfiguration {

	@Bean
	SpecFiles telemetrySpecFiles(TelemetrySettings settings, ApplicationContext context, Problems problems) {
		return new SpecFiles(settings.recording().specs(), context.getClassLoader(), problems::report);
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetrySpecRegistry telemetrySpecRegistry(SpecFiles files, ObjectProvider<TelemetrySpec> specs,
			ObjectProvider<EventDefinition> definitions, Problems problems) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		files.specs().forEach((spec) -> Declarations.register(registry, spec, problems::report));
		specs.orderedStream().forEach((spec) -> Declarations.register(registry, spec, problems::report));
		definitions.orderedStream()
			.forEach((definition) -> Declarations.register(registry, definition, problems::report));
		return registry;
	}

	@Bean
	AnomalyPublisher telemetryAnomalyPublisher(ApplicationContext context, Problems problems) {
		return new AnomalyPublisher(context, problems);
	}

	@Bean
	@ConditionalOnMissingBean
	AnomalyMonitor telemetryAnomalyMonitor(TelemetrySettings settings, TelemetrySpecRegistry registry,
			AnomalyPublisher publisher) {
		return TelemetryWiring.anomalies(settings, registry, publisher);
	}

	/** What meters show; counted whether or not anything shows it. */
	@Bean
	TelemetryActivity telemetryActivity() {
		return new TelemetryActivity(new DropCounters(), new DeliveryActivity());
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	TelemetrySdk telemetrySdk(TelemetrySettings settings, ConsentGate gate, TelemetrySinkFactories sinks,
			TelemetrySpecRegistry registry, SpecFiles specs, TelemetryStorage storage,
			ObjectProvider<EventProcessor> processors, ObjectProvider<EventObserver> observers,
			ObjectProvider<TenantControls> tenants, AnomalyMonitor anomalies, Problems problems,
			ObjectProvider<MemoryOnly> memoryOnly, TelemetryActivity activity) {
		DropCounters dropped = activity.events();
		TelemetrySdkBuilder builder = TelemetryWiring.sdk(settings, storage)
			.gate(gate)
			.declared(registry, TelemetryWiring.undeclared(settings, specs, registry))
			.pipeline(TelemetryWiring.pipeline(settings, processors.orderedStream().toList(),
					observers.orderedStream().toList(), dropped), dropped)
			.activity(activity.delivery())
			.problems(problems);
		tenants.ifAvailable(builder::tenants);
		memoryOnly.ifAvailable((memory) -> memory.keepWhatIsSampled(builder));
		sinks.all().forEach(builder::sink);
		RetentionSweeper sweeper = storage.sweeper(registry, problems);
		if (sweeper != null) {
			gate.addListener(sweeper);
		}
		gate.addListener(TelemetryWiring.logging(problems, settings.home()));
		gate.addListener(TelemetryWiring.forgetting(anomalies));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryContext telemetryContext(TelemetrySdk sdk) {
		return sdk.context();
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryTracker telemetryTracker(TelemetryContext context) {
		return context.tracker();
	}

}
