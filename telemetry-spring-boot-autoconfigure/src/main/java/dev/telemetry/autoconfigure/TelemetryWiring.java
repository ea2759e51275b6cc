package dev.telemetry.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.telemetry.NoticeFactory;
import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryContextBuilder;
import dev.telemetry.anomaly.AnomalyListener;
import dev.telemetry.anomaly.AnomalyMonitor;
import dev.telemetry.consent.ConsentInput;
import dev.telemetry.consent.ConsentListener;
import dev.telemetry.consent.ConsentPolicy;
import dev.telemetry.consent.ConsentSession;
import dev.telemetry.consent.ConsentSource;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.delivery.DeliverySettings;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.problem.Problems;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Translates settings into what the packages below take: no setting's type gets there.
 */
final class TelemetryWiring {

	private TelemetryWiring() {
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

	private static ConsentInput configFile(TelemetryYamlFile yaml, Home home) {
		TelemetryYaml file = yaml.read(home.path());
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
		return new NoticeFactory(toolName(settings), undeclared, recording.overrides(), recording.metadata().keySet(),
				recording.runtimeFields(), settings.machineId().mode(), sinks.all(),
				(log != null) ? log.maxAge() : Duration.ZERO, deletion);
	}

	/** Who does not look is given nothing to look for. */
	static AnomalyMonitor anomalies(TelemetrySettings settings, TelemetrySpecRegistry registry,
			AnomalyListener listener) {
		Duration cooldown = settings.recording().anomalyCooldown();
		return new AnomalyMonitor((cooldown != null) ? registry : new TelemetrySpecRegistry(List.of()),
				Objects.requireNonNullElse(cooldown, Duration.ZERO), System::nanoTime, listener);
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
		Redactor redactor = new Redactor(System.getProperty("user.name"), System.getenv("HOSTNAME"),
				List.of(System.getProperty("user.home", "")));
		return new EventPipeline(processors, observers, recording.maxAttributes(), recording.maxAttributeLength(),
				redactor, dropped);
	}

	static TelemetryContextBuilder context(TelemetrySettings settings, TelemetryStorage storage) {
		TelemetrySettings.Recording recording = settings.recording();
		TelemetrySettings.Delivery delivery = settings.delivery();
		TelemetrySettings.Retry retry = delivery.retry();
		return TelemetryContext.builder()
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
