package dev.telemetry.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryContextBuilder;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentSource;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.TelemetrySpecRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for telemetry: the gate, the front door
 * and what they need. No condition here decides about consent, since conditions are
 * frozen by ahead-of-time processing: the beans exist always, and the gate decides at run
 * time.
 */
@AutoConfiguration(after = ProjectInfoAutoConfiguration.class)
@ImportRuntimeHints(TelemetryRuntimeHints.class)
public final class TelemetryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Problems telemetryProblems() {
		return new Problems();
	}

	@Bean
	TelemetryYamlFile telemetryYamlFile(ApplicationContext context, Problems problems) {
		return new TelemetryYamlFile(TelemetryYamlFile::fromDisk, context.getClassLoader(), problems::report);
	}

	@Bean
	TelemetrySettings telemetrySettings(ApplicationContext context, TelemetryYamlFile yaml, Problems problems,
			ObjectProvider<BuildProperties> build) {
		BuildProperties properties = build.getIfAvailable();
		ToolSettings tools = new ToolSettings(context.getEnvironment(), MainClass.simpleName(context),
				(properties != null) ? properties.getVersion() : null);
		return new TelemetryPropertiesBinder(context.getEnvironment(), tools, yaml, problems::report).bind();
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetrySpecRegistry telemetrySpecRegistry(ObjectProvider<EventDefinition> definitions, Problems problems) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		definitions.orderedStream().forEach((definition) -> Declarations.register(registry, definition, problems));
		return registry;
	}

	@Bean
	@ConditionalOnMissingBean
	ConsentStore telemetryConsentStore(TelemetrySettings settings) {
		return TelemetryWiring.consentStore(settings);
	}

	@Bean
	TelemetrySinkFactories telemetrySinkFactories(TelemetrySettings settings,
			ObjectProvider<TelemetrySinkFactory> factories, ApplicationContext context) {
		return new TelemetrySinkFactories(settings, factories.orderedStream().toList(),
				context.getBeansOfType(TelemetrySink.class));
	}

	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	ConsentGate telemetryConsentGate(TelemetrySettings settings, ConsentStore store, TelemetrySinkFactories sinks,
			ObjectProvider<ConsentSource> sources, TelemetryYamlFile yaml, Environment environment, Problems problems) {
		List<ConsentSource> all = TelemetryWiring.consentSources(settings, environment, yaml, problems);
		all.addAll(sources.orderedStream().toList());
		return ConsentGate.builder(store)
			.tool(TelemetryWiring.toolName(settings))
			.sources(all)
			.policy(TelemetryWiring.consentPolicy(settings))
			.cap(sinks::cap)
			.build();
	}

	@Bean
	TelemetryStorage telemetryStorage(TelemetrySettings settings) {
		return new TelemetryStorage(settings);
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	TelemetryContext telemetryContext(TelemetrySettings settings, ConsentGate gate, TelemetrySinkFactories sinks,
			TelemetrySpecRegistry registry, TelemetryStorage storage, ObjectProvider<EventProcessor> processors,
			ObjectProvider<EventObserver> observers, Problems problems) {
		DropCounters dropped = new DropCounters();
		TelemetryContextBuilder builder = TelemetryWiring.context(settings, storage)
			.gate(gate)
			.declared(registry, TelemetryWiring.undeclared(settings))
			.pipeline(TelemetryWiring.pipeline(settings, processors.orderedStream().toList(),
					observers.orderedStream().toList(), dropped), dropped)
			.problems(problems);
		sinks.all().forEach(builder::sink);
		return builder.build();
	}

	@Bean
	TelemetryLifecycle telemetryLifecycle(TelemetryContext context, TelemetrySettings settings, Problems problems) {
		return new TelemetryLifecycle(context, settings, problems);
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryReset telemetryReset(TelemetrySettings settings, ConsentGate gate, TelemetryStorage storage) {
		return new TelemetryReset(TelemetryWiring.toolName(settings), gate::disable, storage.sentIds(),
				storage.erasures());
	}

	@Bean
	@ConditionalOnMissingBean
	LocalLogReader telemetryLocalLogReader(TelemetrySettings settings) {
		TelemetrySettings.LocalLog log = settings.sinks().file();
		return new LocalLogReader((log != null) ? log.path() : null);
	}

	@Bean
	@ConditionalOnMissingBean
	PersonalDataExport telemetryPersonalDataExport(TelemetrySettings settings, ConsentStore store,
			TelemetryStorage storage) {
		return new PersonalDataExport(TelemetryWiring.toolName(settings), settings.machineId().mode(), settings.home(),
				store, List.copyOf(storage.logs()), InstantSource.system());
	}

}
