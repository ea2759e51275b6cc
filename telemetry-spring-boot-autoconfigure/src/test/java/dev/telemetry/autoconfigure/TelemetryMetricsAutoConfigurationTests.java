package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.telemetry.EventType;
import dev.telemetry.actuate.TelemetryMetrics;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the meters of telemetry, in the registry that Spring Boot makes. */
@ExtendWith(OutputCaptureExtension.class)
class TelemetryMetricsAutoConfigurationTests {

	private static final List<String> BEFORE_A_GRANT = List.of("telemetry.consent.capped[]", "telemetry.consent.open[]",
			"telemetry.events[outcome=accepted]", "telemetry.events[outcome=dropped]",
			"telemetry.events[outcome=invalid]", "telemetry.events[outcome=sampled]",
			"telemetry.events[outcome=undeclared]");

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void setUp() {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class,
					TelemetryMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.withPropertyValues(TestApplication.properties(this.directory.resolve("home")))
			.withPropertyValues("telemetry.shutdown-timeout=0s");
	}

	@Test
	void beforeADecisionEverythingIsZeroAndNothingIsTouched() {
		this.runner.run((context) -> {
			Set<Thread> before = TestApplication.threads();
			TelemetryMeters meters = meters(context);
			assertThat(meters.series()).containsExactlyElementsOf(BEFORE_A_GRANT);
			context.getBean(TelemetrySdk.class).context().record("order.placed");
			assertThat(meters.allEvents()).isZero();
			assertThat(meters.consent("open")).isZero();
			assertThat(meters.consent("capped")).isZero();
			assertThat(meters.hasOtherKinds()).isFalse();
			assertThat(TestApplication.threads()).isEqualTo(before);
			assertThat(this.directory.resolve("home")).doesNotExist();
		});
	}

	@Test
	void seriesOfASinkAppearWithTheGrantAndRemain(CapturedOutput output) {
		this.runner.run((context) -> {
			TelemetryMeters meters = meters(context);
			TelemetrySdk sdk = context.getBean(TelemetrySdk.class);
			sdk.gate().enable(ConsentScope.LOCAL, null, "command");
			assertThat(meters.consent("open")).isOne();
			List<String> added = meters.series().stream().filter((name) -> !BEFORE_A_GRANT.contains(name)).toList();
			assertThat(added).containsExactly("telemetry.delivery[outcome=failure, sink=file]",
					"telemetry.delivery[outcome=success, sink=file]", "telemetry.sink.pending[sink=file]",
					"telemetry.sink.spilled.bytes[sink=file]");
			sdk.context().record("order.placed");
			assertThat(sdk.flush(TestApplication.LONG)).isTrue();
			assertThat(meters.attempts("file", "success")).isOne();
			sdk.gate().disable("command");
			assertThat(meters.consent("open")).isZero();
			assertThat(meters.events("accepted")).isOne();
			sdk.context().record("order.placed");
			sdk.gate().enable(ConsentScope.LOCAL, null, "command");
			sdk.context().record("order.placed");
			assertThat(sdk.flush(TestApplication.LONG)).isTrue();
			assertThat(meters.events("accepted")).as("one of them while consent was withdrawn").isEqualTo(2);
			assertThat(meters.attempts("file", "success")).as("of both sessions").isEqualTo(2);
			assertThat(meters.timer("file", "success").totalTime(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(meters.series()).hasSize(BEFORE_A_GRANT.size() + added.size());
			assertThat(output.getAll()).as("the second grant").doesNotContain("already registered");
		});
	}

	@Test
	void grantThatIsCappedSaysSo() {
		this.runner
			.withPropertyValues("telemetry.local-only=true", "telemetry.http.endpoint=https://collector.example.com")
			.run((context) -> {
				context.getBean(ConsentGate.class).enable(ConsentScope.EXPORT, null, "command");
				assertThat(meters(context).consent("open")).isOne();
				assertThat(meters(context).consent("capped")).isOne();
				assertThat(meters(context).series()).noneMatch((series) -> series.contains("sink=http"));
			});
	}

	/** Each event under one outcome, whatever becomes of its attributes. */
	@Test
	void outcomesAreOfEventsAndNotOfTheirAttributes() {
		this.runner.withUserConfiguration(Declared.class)
			.withPropertyValues("telemetry.undeclared=drop", "telemetry.events.report.built.enabled=false")
			.run((context) -> {
				TelemetrySdk sdk = context.getBean(TelemetrySdk.class);
				sdk.gate().enable(ConsentScope.LOCAL, null, "command");
				for (int i = 0; i < 7; i++) {
					sdk.context().record("order.placed", Map.of("items", i, "undeclared", i, "other", i));
				}
				for (int i = 0; i < 3; i++) {
					sdk.context().record("not.declared");
				}
				for (int i = 0; i < 2; i++) {
					sdk.context().record("report.built");
				}
				sdk.context().record(" ");
				sdk.context().record("order.placed", Map.of("items", "no number"));
				sdk.context().event(EventType.of("order.placed")).attribute("items", true).record();
				TelemetryMeters meters = meters(context);
				assertThat(meters.events("accepted")).isEqualTo(7);
				assertThat(meters.events("undeclared")).isEqualTo(3);
				assertThat(meters.events("sampled")).isEqualTo(2);
				assertThat(meters.events("invalid")).as("no name, and two refused by the processor").isEqualTo(3);
				assertThat(meters.events("dropped")).isZero();
				assertThat(meters.allEvents()).as("each call once").isEqualTo(15);
				assertThat(sdk.status().dropped()).as("what status says includes attributes")
					.containsEntry("undeclared", 3L + 14);
			});
	}

	@Test
	void withoutARegistryOrMicrometerThereAreNone() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TelemetryAutoConfiguration.class, TelemetryMetricsAutoConfiguration.class))
			.withPropertyValues(TestApplication.properties(this.directory.resolve("home")))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryMetrics.class));
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("telemetryMetrics"));
		this.runner.run((context) -> assertThat(context).hasSingleBean(TelemetryMetrics.class));
	}

	private static TelemetryMeters meters(ApplicationContext context) {
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		assertThat(registry).isInstanceOf(SimpleMeterRegistry.class);
		return new TelemetryMeters(registry);
	}

	@Configuration(proxyBeanMethods = false)
	static class Declared {

		@Bean
		EventDefinition orderPlaced() {
			return EventDefinition.builder("order.placed")
				.purpose("See how large orders are")
				.property("items", PropertyType.NUMBER)
				.build();
		}

		@Bean
		EventDefinition reportBuilt() {
			return EventDefinition.builder("report.built").purpose("See which reports are used").build();
		}

		@Bean
		EventProcessor refusing() {
			return (event) -> (event.attribute("items") == null && event.name().equals("order.placed")) ? null : event;
		}

	}

}
