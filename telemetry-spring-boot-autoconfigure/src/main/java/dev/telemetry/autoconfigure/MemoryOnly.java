package dev.telemetry.autoconfigure;

import java.util.List;
import java.util.function.Consumer;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetrySdkBuilder;

import org.springframework.core.env.Environment;

/**
 * As a bean, keeps telemetry away from this machine: there is no home and no local log,
 * nothing of the home is read, and of what is said about consent only the author's gate,
 * {@code telemetry.feature.enabled}, counts beside the record; sampling by chance keeps
 * every event. For tests, which must neither depend on the machine they run on nor leave
 * anything there; the test kit supplies it together with a record in memory.
 */
@Internal
public final class MemoryOnly {

	private static final String HOME = "telemetry.home";

	/** Create the bean. */
	public MemoryOnly() {
	}

	/** Problems of a home that is not used are not reported. */
	Consumer<Problem> withoutHome(Consumer<Problem> problems) {
		return (problem) -> {
			if (!problem.property().equals(HOME)) {
				problems.accept(problem);
			}
		};
	}

	TelemetrySettings narrow(TelemetrySettings settings) {
		TelemetrySettings.Sinks sinks = settings.sinks();
		TelemetrySettings.Sinks withoutLog = new TelemetrySettings.Sinks(null, sinks.stdout(), sinks.otlp(),
				sinks.http(), sinks.kafka(), sinks.vendors(), sinks.disabled(), sinks.insecure());
		return new TelemetrySettings(settings.properties(), settings.tool(), null, narrow(settings.consent()),
				settings.parties(), settings.statements(), settings.machineId(), settings.recording(),
				settings.delivery(), withoutLog, settings.deletion(), settings.allowedHosts());
	}

	/** No question is asked, and no database is looked at. */
	private static TelemetrySettings.Consent narrow(TelemetrySettings.Consent consent) {
		return new TelemetrySettings.Consent(consent.notice(), consent.maxAge(), consent.trustPackaged(),
				consent.detectTestEnvironment(), consent.detectCi(), consent.requireNotice(), false,
				TelemetryProperties.Consent.Store.FILE, consent.initializeSchema());
	}

	/** The first rule alone. */
	List<ConsentSource> sources(Environment environment) {
		ConsentInputs inputs = new ConsentInputs(environment);
		return List.of(() -> inputs.all().stream().filter(MemoryOnly::isOfAuthor).toList());
	}

	/**
	 * What a test records must not depend on chance; a rate of zero still keeps nothing.
	 */
	void keepWhatIsSampled(TelemetrySdkBuilder sdk) {
		sdk.runtime(DeliveryRuntime.system(), new Sampler(() -> 0));
	}

	private static boolean isOfAuthor(ConsentInput input) {
		return input.rule() == 1;
	}

}
