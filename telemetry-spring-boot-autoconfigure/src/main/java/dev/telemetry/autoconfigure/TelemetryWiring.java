package dev.telemetry.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import dev.telemetry.anomaly.AnomalyListener;
import dev.telemetry.anomaly.AnomalyMonitor;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentListener;
import dev.telemetry.consent.gate.ConsentPolicy;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.deletion.Erasure;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.machine.HostNames;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.NoticeFactory;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetrySdkBuilder;
import dev.telemetry.sent.SentLog;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Translates settings into what the packages below take: no setting's type gets there.
 */
final class TelemetryWiring {

	private TelemetryWiring() {
	}

	/**
	 * Where problems with settings go: those of the home are logged only after consent,
	 * so that an application whose user decided nothing says nothing about it.
	 */
	static Consumer<Problem> reporter(Problems problems) {
		return (problem) -> {
			String origin = Objects.requireNonNullElse(problem.origin(), "");
			if (problem.property().equals("telemetry.home") || origin.startsWith(TelemetryYaml.NAME)) {
				problems.defer(problem);
			}
			else {
				problems.report(problem);
			}
		};
	}

	static String toolName(TelemetrySettings settings) {
		return Objects.requireNonNullElse(settings.tool().name(), "unknown");
	}

	static ConsentPolicy consentPolicy(TelemetrySettings settings) {
		TelemetrySettings.Consent consent = settings.consent();
		return new ConsentPolicy(consent.maxAge(), consent.trustPackaged(), consent.detectTestEnvironment(),
				consent.detectCi(), consent.notice(), consent.requireNotice());
	}

	static List<ConsentSource> consentSources(TelemetrySettings settings, Environment environment,
			TelemetryYamlFile yaml, Problems problems) {
		ConsentInputs configured = new ConsentInputs(environment);
		List<ConsentSource> sources = new ArrayList<>();
		sources.add(configured::all);
		sources.add(ConsentSource.environment(System::getenv, System::getProperty));
		Home home = settings.home();
		if (home != null) {
			sources.add(() -> List.of(configFile(yaml, home)));
			sources.add(ConsentSource.optInFile(home, problems));
		}
		return sources;
	}

	/** Everything that is said, by the application's own beans last. */
	static List<ConsentSource> consentSources(TelemetrySettings settings, Environment environment,
			TelemetryYamlFile yaml, ObjectProvider<ConsentSource> supplied, Problems problems) {
		List<ConsentSource> sources = consentSources(settings, environment, yaml, problems);
		sources.addAll(supplied.orderedStream().toList());
		return sources;
	}

	private static ConsentInput configFile(TelemetryYamlFile yaml, Home home) {
		TelemetryYaml file = yaml.read(home.path()).yaml();
		@Nullable Setting enabled = (file != null) ? file.enabled() : null;
		return (enabled != null) ? new ConsentInput(11, "telemetry.yaml", enabled.text(), enabled.origin(), false)
				: new ConsentInput(11, "telemetry.yaml", null, null, false);
	}

	/** Who writes a spec means it to be complete. */
	static UndeclaredPolicy undeclared(TelemetrySettings settings, SpecFiles files, TelemetrySpecRegistry registry) {
		boolean specified = files.found() || !registry.specs().isEmpty();
		return Objects.requireNonNullElse(settings.recording().undeclared(),
				specified ? UndeclaredPolicy.DROP : UndeclaredPolicy.RECORD);
	}

	static NoticeFactory notice(TelemetrySettings settings, UndeclaredPolicy undeclared, TelemetrySinkFactories sinks,
			String deletion) {
		TelemetrySettings.Recording recording = settings.recording();
		TelemetrySettings.LocalLog log = settings.sinks().file();
		return new NoticeFactory(toolName(settings), settings.parties(), undeclared, recording.overrides(),
				recording.metadata().keySet(), recording.runtimeFields(), settings.machineId().mode(), sinks.all(),
				(log != null) ? log.maxAge() : Duration.ZERO, deletion);
	}

	/** Without anomaly detection the monitor gets no specs to check. */
	static AnomalyMonitor anomalies(TelemetrySettings settings, TelemetrySpecRegistry registry,
			AnomalyListener listener) {
		Duration cooldown = settings.recording().anomalyCooldown();
		return new AnomalyMonitor((cooldown != null) ? registry : new TelemetrySpecRegistry(List.of()),
				Objects.requireNonNullElse(cooldown, Duration.ZERO), System::nanoTime, listener);
	}

	/** What is wrong with the home is logged when something is collected there. */
	static ConsentListener logging(Problems problems, @Nullable Home home) {
		return new ConsentListener() {

			@Override
			public void opened(ConsentSession session) {
				problems.logDeferred();
				Problem foreign = (home != null) ? home.checkOwners() : null;
				if (foreign != null) {
					problems.report(foreign);
				}
			}

		};
	}

	/** Everything a reset erases, in memory too. */
	static List<Erasure> erasures(TelemetryStorage storage, SentLog sent) {
		List<Erasure> erasures = new ArrayList<>(storage.erasures());
		erasures.add(new Erasure("what was sent", sent::erase));
		return erasures;
	}

	/** What was learned of values belongs to the session in which they were recorded. */
	static ConsentListener forgetting(AnomalyMonitor anomalies) {
		return new ConsentListener() {

			@Override
			public void closed(ConsentSession session) {
				anomalies.reset();
			}

		};
	}

	static EventPipeline pipeline(TelemetrySettings settings, List<EventProcessor> processors,
			List<EventObserver> observers, DropCounters dropped) {
		TelemetrySettings.Recording recording = settings.recording();
		Redactor redactor = Redactor.learning(System.getProperty("user.name"),
				List.of(System.getProperty("user.home", "")), HostNames.ofThisMachine()::find);
		return new EventPipeline(processors, observers, recording.maxAttributes(), recording.maxAttributeLength(),
				redactor, dropped);
	}

	static TelemetrySdkBuilder sdk(TelemetrySettings settings, TelemetryStorage storage) {
		TelemetrySettings.Recording recording = settings.recording();
		TelemetrySettings.Delivery delivery = settings.delivery();
		TelemetrySettings.Retry retry = delivery.retry();
		return TelemetrySdk.builder()
			.tool(toolName(settings))
			.toolVersion(settings.tool().version())
			.metadata(recording.metadata())
			.runtimeFields(recording.runtimeFields())
			.overrides(recording.overrides())
			.machineIds(storage.machineIds(), storage.journal())
			.spill(storage.spill())
			.rejected(storage.rejected())
			.delivery(
					new DeliverySettings(delivery.capacity(), delivery.batchSize(), delivery.batchTimeout(),
							new RetrySettings(retry.initial(), retry.max(), retry.multiplier(), retry.jitter())),
					delivery.shutdownTimeout());
	}

}
