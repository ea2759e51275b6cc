package dev.telemetry.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import dev.telemetry.ExampleEvents;
import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryContextBuilder;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.TenantControls;
import dev.telemetry.actuate.NoticeView;
import dev.telemetry.anomaly.AnomalyMonitor;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentSource;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.consent.StoredNotices;
import dev.telemetry.declaration.Declarations;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.deletion.DeletionRequestor;
import dev.telemetry.deletion.DeletionRequests;
import dev.telemetry.deletion.RetentionSweeper;
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
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.TelemetrySpecRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.ssl.SslBundles;
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
			ObjectProvider<BuildProperties> build, ObjectProvider<TelemetryConnectionDetails> connections) {
		BuildProperties properties = build.getIfAvailable();
		ToolSettings tools = new ToolSettings(context.getEnvironment(), MainClass.simpleName(context),
				(properties != null) ? properties.getVersion() : null);
		TelemetryPropertiesBinder binder = new TelemetryPropertiesBinder(context.getEnvironment(), tools, yaml,
				problems::report);
		return connections.orderedStream().findFirst().map(binder::bind).orElseGet(binder::bind);
	}

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
	@ConditionalOnMissingBean
	ConsentStore telemetryConsentStore(TelemetrySettings settings, ObjectProvider<DataSource> dataSources,
			ObjectProvider<ConsentSchema> schema, Problems problems) {
		return new ConsentStores(settings, problems).create(dataSources, schema.getIfAvailable(ConsentSchema::none));
	}

	@Bean
	StoredNotices telemetryNotices(ConsentStore store) {
		return new StoredNotices(store);
	}

	@Bean
	TelemetrySinkFactories telemetrySinkFactories(TelemetrySettings settings,
			ObjectProvider<TelemetrySinkFactory> factories, ApplicationContext context,
			ObjectProvider<SslBundles> bundles) {
		return new TelemetrySinkFactories(settings, factories.orderedStream().toList(),
				context.getBeansOfType(TelemetrySink.class), bundles);
	}

	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	ConsentGate telemetryConsentGate(TelemetrySettings settings, ConsentStore store, StoredNotices notices,
			TelemetrySinkFactories sinks, ObjectProvider<ConsentSource> sources, TelemetryYamlFile yaml,
			Environment environment, Problems problems) {
		List<ConsentSource> all = TelemetryWiring.consentSources(settings, environment, yaml, problems);
		all.addAll(sources.orderedStream().toList());
		return ConsentGate.builder(store)
			.tool(TelemetryWiring.toolName(settings))
			.sources(all)
			.policy(TelemetryWiring.consentPolicy(settings))
			.notices(notices)
			.cap(sinks::cap)
			.build();
	}

	@Bean
	TelemetryStorage telemetryStorage(TelemetrySettings settings) {
		return new TelemetryStorage(settings);
	}

	@Bean
	AnomalyPublisher telemetryAnomalyPublisher(ApplicationContext context) {
		return new AnomalyPublisher(context);
	}

	@Bean
	@ConditionalOnMissingBean
	AnomalyMonitor telemetryAnomalyMonitor(TelemetrySettings settings, TelemetrySpecRegistry registry,
			AnomalyPublisher publisher) {
		return TelemetryWiring.anomalies(settings, registry, publisher);
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	TelemetryContext telemetryContext(TelemetrySettings settings, ConsentGate gate, TelemetrySinkFactories sinks,
			TelemetrySpecRegistry registry, SpecFiles specs, TelemetryStorage storage,
			ObjectProvider<EventProcessor> processors, ObjectProvider<EventObserver> observers,
			ObjectProvider<TenantControls> tenants, AnomalyMonitor anomalies, Problems problems) {
		DropCounters dropped = new DropCounters();
		TelemetryContextBuilder builder = TelemetryWiring.context(settings, storage)
			.gate(gate)
			.declared(registry, TelemetryWiring.undeclared(settings, specs, registry))
			.pipeline(TelemetryWiring.pipeline(settings, processors.orderedStream().toList(),
					observers.orderedStream().toList(), dropped), dropped)
			.problems(problems);
		tenants.ifAvailable(builder::tenants);
		sinks.all().forEach(builder::sink);
		RetentionSweeper sweeper = storage.sweeper(registry, problems);
		if (sweeper != null) {
			gate.addListener(sweeper);
		}
		gate.addListener(TelemetryWiring.forgetting(anomalies));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryTracker telemetryTracker(TelemetryContext context) {
		return context.tracker();
	}

	@Bean
	NoticePublisher telemetryNoticePublisher(TelemetrySettings settings, TelemetrySinkFactories sinks,
			TelemetrySpecRegistry registry, SpecFiles specs, StoredNotices notices,
			ObjectProvider<DeletionRequestor> requestors, Problems problems) {
		String deletion = DeletionWiring.channel(settings, requestors.getIfAvailable());
		return new NoticePublisher(TelemetryWiring.notice(settings,
				TelemetryWiring.undeclared(settings, specs, registry), sinks, deletion), registry, notices, problems);
	}

	@Bean
	TelemetryLifecycle telemetryLifecycle(TelemetryContext context, TelemetrySettings settings, NoticePublisher notices,
			Problems problems, DeletionRequests deletion, ConsentStore store) {
		return new TelemetryLifecycle(context, settings, notices, problems, deletion,
				ConsentStores.poller(settings, store, context.gate()));
	}

	@Bean
	@ConditionalOnMissingBean
	DeletionRequests telemetryDeletionRequests(TelemetrySettings settings, ConsentGate gate,
			TelemetrySinkFactories sinks, ObjectProvider<DeletionRequestor> requestor, Problems problems) {
		return new DeletionWiring(settings, gate, problems).requests(requestor.orderedStream().findFirst().orElse(null),
				sinks.remote());
	}

	@Bean
	@ConditionalOnMissingBean
	TelemetryReset telemetryReset(ConsentGate gate, TelemetryStorage storage, DeletionRequests deletion) {
		return new TelemetryReset(gate::disable, storage.sentIds(), storage.erasures(), deletion);
	}

	@Bean
	@ConditionalOnMissingBean
	LocalLogReader telemetryLocalLogReader(TelemetrySettings settings) {
		TelemetrySettings.LocalLog log = settings.sinks().file();
		return new LocalLogReader((log != null) ? log.path() : null);
	}

	@Bean
	@ConditionalOnMissingBean
	NoticeView telemetryNoticeView(StoredNotices notices, TelemetrySettings settings, TelemetrySpecRegistry registry,
			TelemetryContext context) {
		return new NoticeView(notices, new ExampleEvents(settings.tool().version(), registry), context.gate());
	}

	@Bean
	@ConditionalOnMissingBean
	PersonalDataExport telemetryPersonalDataExport(TelemetrySettings settings, ConsentStore store,
			TelemetryStorage storage) {
		return new PersonalDataExport(TelemetryWiring.toolName(settings), settings.machineId().mode(), settings.home(),
				store, List.copyOf(storage.logs()), InstantSource.system());
	}

}
