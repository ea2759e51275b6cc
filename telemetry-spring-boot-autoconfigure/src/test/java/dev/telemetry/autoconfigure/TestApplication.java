package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * An application called {@code demo-app} with our auto-configurations, whose home is a
 * directory of the test and which is not taken for a test or a build server.
 */
final class TestApplication {

	static final String YES = "telemetry.enabled=true";

	static final Duration LONG = Duration.ofSeconds(20);

	static final AutoConfigurations OURS = AutoConfigurations.of(AopAutoConfiguration.class,
			TelemetryAutoConfiguration.class, TelemetryChildContextAutoConfiguration.class,
			TelemetryAspectAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class);

	private TestApplication() {
	}

	static ApplicationContextRunner runner(Path home) {
		return new ApplicationContextRunner().withConfiguration(OURS).withPropertyValues(properties(home));
	}

	static String[] properties(Path home) {
		return new String[] { "spring.application.name=demo-app", "telemetry.home=" + home,
				"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false" };
	}

	static TelemetrySdk telemetry(ApplicationContext context) {
		return context.getBean(TelemetrySdk.class);
	}

	/** Wait for what was recorded and return what the memory sink has. */
	static List<Event> delivered(ApplicationContext context) {
		if (!telemetry(context).flush(LONG)) {
			throw new AssertionError("not delivered: " + telemetry(context).status().sinks());
		}
		return context.getBean(MemorySink.class).events();
	}

	static List<String> deliveredNames(ApplicationContext context) {
		return delivered(context).stream().map(Event::name).toList();
	}

	static List<String> sinkNames(ApplicationContext context) {
		return telemetry(context).status().sinks().stream().map(DeliveryStatus::name).toList();
	}

	static List<Problem> problems(ApplicationContext context) {
		return telemetry(context).status().problems();
	}

	/** Return the living threads that are ours. */
	static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("telemetry-"))
			.collect(Collectors.toSet());
	}

}
