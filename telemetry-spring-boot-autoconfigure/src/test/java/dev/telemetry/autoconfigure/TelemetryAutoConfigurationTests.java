package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.TelemetryContext;
import dev.telemetry.TelemetryTracker;
import dev.telemetry.TrackResult;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.event.Event;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sdk.TelemetryStatus;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class TelemetryAutoConfigurationTests {

	@TempDir
	Path directory;

	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.home = this.directory.resolve("home");
		this.runner = TestApplication.runner(this.home);
	}

	@Test
	void importsNameEveryAutoConfiguration() {
		assertThat(ImportCandidates.load(org.springframework.boot.autoconfigure.AutoConfiguration.class,
				getClass().getClassLoader()))
			.contains(TelemetryAutoConfiguration.class.getName(), TelemetryAspectAutoConfiguration.class.getName(),
					TelemetryEndpointAutoConfiguration.class.getName());
	}

	@Test
	void defaultWhenNobodySaidAnythingIsOff() {
		Set<Thread> before = TestApplication.threads();
		this.runner.withBean(MemorySink.class).run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			telemetry.context().record("order.placed");
			TelemetryStatus status = telemetry.status();
			assertThat(status.collecting()).isFalse();
			assertThat(status.consent().state()).isEqualTo(ConsentState.UNDECIDED);
			assertThat(status.machineId()).isNull();
			assertThat(status.sinks()).isEmpty();
			assertThat(TestApplication.delivered(context)).isEmpty();
			assertThat(TestApplication.threads()).isEqualTo(before);
		});
		assertThat(this.home).doesNotExist();
	}

	@Test
	void consentWhenConfiguredFillsTheLocalLog() throws IOException {
		this.runner.withPropertyValues(TestApplication.YES).run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			telemetry.context().record("order.placed");
			assertThat(telemetry.status().consent().state()).isEqualTo(ConsentState.GRANTED);
			assertThat(telemetry.status().consent().scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(TestApplication.sinkNames(context)).containsExactly("file");
			assertThat(TestApplication.threads()).isNotEmpty();
			assertThat(telemetry.flush(TestApplication.LONG)).isTrue();
			assertThat(TestApplication.problems(context)).isEmpty();
		});
		assertThat(Files.readString(this.home.resolve("telemetry.log"))).contains("\"name\":\"order.placed\"")
			.contains("\"tool\":\"demo-app\"");
	}

	@Test
	void featureWhenShutIsAbsentAndTheFrontDoorStays() {
		this.runner.withPropertyValues("telemetry.feature.enabled=false", TestApplication.YES).run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			telemetry.context().record("order.placed");
			assertThat(telemetry.status().consent().state()).isEqualTo(ConsentState.ABSENT);
			assertThat(telemetry.context().isCollecting()).isFalse();
		});
		assertThat(this.home).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry",
			"org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint",
			"org.springframework.boot.web.servlet", "org.springframework.web", "reactor.core", "org.yaml.snakeyaml",
			"org.aspectj", "jakarta.servlet", "tools.jackson.databind" })
	void contextWhenLibraryIsMissingStarts(String missing) {
		this.runner.withPropertyValues(TestApplication.YES)
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				TestApplication.telemetry(context).context().record("order.placed");
				assertThat(TestApplication.telemetry(context).flush(TestApplication.LONG)).isTrue();
			});
	}

	@Test
	void yamlWhenSnakeYamlIsMissingIsAProblem() throws IOException {
		Files.createDirectories(this.home);
		Files.writeString(this.home.resolve("telemetry.yaml"), "runtime_fields: false\n");
		this.runner.withClassLoader(new FilteredClassLoader("org.yaml.snakeyaml"))
			.run((context) -> assertThat(TestApplication.problems(context)).singleElement()
				.satisfies(
						(problem) -> assertThat(problem.toString()).contains("telemetry.yaml").contains("snakeyaml")));
	}

	@Test
	void beansWhenUserHasOwnBackOff() {
		this.runner.withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).getBean(Problems.class).isSameAs(context.getBean("ownProblems"));
			assertThat(context).getBean(TelemetrySpecRegistry.class).isSameAs(context.getBean("ownRegistry"));
			assertThat(context).getBean(ConsentStore.class).isSameAs(context.getBean("ownStore"));
			assertThat(context).getBean(ConsentGate.class).isSameAs(context.getBean("ownGate"));
			assertThat(context).getBean(TelemetrySdk.class).isSameAs(context.getBean("ownSdk"));
			assertThat(context).getBean(TelemetryContext.class).isSameAs(context.getBean("ownContext"));
			assertThat(context).getBean(TelemetryReset.class).isSameAs(context.getBean("ownReset"));
			assertThat(context).getBean(LocalLogReader.class).isSameAs(context.getBean("ownReader"));
		});
	}

	@Test
	void storeWhenUserHasOneKeepsTheConsent() {
		this.runner.withBean(ConsentStore.class, ConsentStore::memory).run((context) -> {
			context.getBean(ConsentGate.class).enable(ConsentScope.LOCAL, null, "command");
			assertThat(TestApplication.telemetry(context).context().isCollecting()).isTrue();
			assertThat(this.home.resolve("consent.json")).doesNotExist();
		});
	}

	@Test
	void trackerIsABeanAndBacksOff() {
		this.runner.withPropertyValues(TestApplication.YES)
			.withBean(EventDefinition.class, () -> EventDefinition.builder("order.placed").build())
			.run((context) -> {
				TelemetryTracker tracker = context.getBean(TelemetryTracker.class);
				assertThat(tracker.track("order.placed", null, Map.of())).isEqualTo(TrackResult.ACCEPTED);
				assertThat(tracker.track("order.paid", null, Map.of())).isEqualTo(TrackResult.UNKNOWN_EVENT);
			});
		TelemetryTracker own = mock(TelemetryTracker.class);
		this.runner.withBean(TelemetryTracker.class, () -> own)
			.run((context) -> assertThat(context.getBean(TelemetryTracker.class)).isSameAs(own));
	}

	@Test
	void customizersWhenSuppliedWorkInTheirOrder() {
		this.runner.withPropertyValues(TestApplication.YES, "telemetry.undeclared=drop")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				TestApplication.telemetry(context).context().record("order.placed");
				TestApplication.telemetry(context).context().record("order.unheard");
				Event event = TestApplication.delivered(context).get(0);
				assertThat(event.attribute("steps")).isEqualTo("first,second");
				assertThat(context.getBean(Customizers.class).seen).containsExactly("order.placed", "order.placed");
				assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
				assertThat(TestApplication.sinkNames(context)).containsExactly("file", "supplied", "memorySink");
			});
	}

	@Test
	void consentSourceWhenItSaysNoShutsTheGate() {
		this.runner.withPropertyValues(TestApplication.YES)
			.withBean(ConsentSource.class,
					() -> () -> List.of(new ConsentInput(2, "company policy", "no", "policy.example.com", false)))
			.run((context) -> {
				assertThat(TestApplication.telemetry(context).status().consent().state())
					.isEqualTo(ConsentState.VETOED);
				assertThat(TestApplication.telemetry(context).status().consent().origin())
					.isEqualTo("policy.example.com");
			});
	}

	@Test
	void remoteSinkBeanWhenLocalOnlyIsNotMade() {
		List<String> names = new ArrayList<>();
		TelemetrySink remote = (event) -> names.add(event.name());
		this.runner.withPropertyValues(TestApplication.YES)
			.withBean("remote", TelemetrySink.class, () -> remote)
			.run((context) -> assertThat(TestApplication.sinkNames(context)).contains("remote"));
		this.runner.withPropertyValues(TestApplication.YES, "telemetry.local-only=true")
			.withBean("remote", TelemetrySink.class, () -> remote)
			.run((context) -> {
				assertThat(TestApplication.sinkNames(context)).containsExactly("file");
				assertThat(TestApplication.telemetry(context).status().consent().cap())
					.isEqualTo("telemetry.local-only is true");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.endpoint=nonsense", "telemetry.batch-size=abc", "telemetry.batch-timeout=soon",
			"telemetry.machine-id.mode=secret", "telemetry.local-path=~nobody/log" })
	void valueWhenWrongIsAProblemThatSaysWhatToDo(String wrong) {
		this.runner.withPropertyValues(wrong, TestApplication.YES).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TestApplication.telemetry(context).context().isCollecting()).isTrue();
			assertThat(TestApplication.problems(context)).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo(wrong.substring(0, wrong.indexOf('=')));
				assertThat(problem.problem()).isNotBlank();
				assertThat(problem.action()).isNotBlank();
			});
		});
	}

	@Test
	void homeWhenBelowAFileIsAProblemAndRefusesToEnable() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "not a directory");
		TestApplication.runner(file.resolve("home")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(TestApplication.problems(context)).extracting(Problem::property).contains("telemetry.home");
			assertThat(TestApplication.problems(context))
				.allSatisfy((problem) -> assertThat(problem.action()).isNotBlank());
			assertThat(context.getBean(ConsentGate.class).enable(ConsentScope.LOCAL, null, "command").outcome().name())
				.isNotEqualTo("DONE");
			assertThat(TestApplication.telemetry(context).context().isCollecting()).isFalse();
		});
		assertThat(file).hasContent("not a directory");
	}

	@Test
	void definitionsWhenTheyContradictAreAProblemAndTheFirstCounts() {
		this.runner
			.withBean("a", EventDefinition.class, () -> EventDefinition.builder("order.placed").purpose("a").build())
			.withBean("b", EventDefinition.class, () -> EventDefinition.builder("order.placed").purpose("b").build())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(TestApplication.problems(context)).singleElement()
					.satisfies((problem) -> assertThat(problem.property()).isEqualTo("event order.placed"));
				assertThat(context.getBean(TelemetrySpecRegistry.class).findEvent("order.placed"))
					.satisfies((definition) -> assertThat(definition.purpose()).isEqualTo("a"));
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		Problems ownProblems() {
			return new Problems();
		}

		@Bean
		TelemetrySpecRegistry ownRegistry() {
			return new TelemetrySpecRegistry(List.of());
		}

		@Bean
		ConsentStore ownStore() {
			return ConsentStore.memory();
		}

		@Bean
		ConsentGate ownGate(ConsentStore store) {
			return ConsentGate.builder(store).build();
		}

		@Bean
		TelemetrySdk ownSdk(ConsentGate gate) {
			return TelemetrySdk.builder().tool("demo-app").gate(gate).build();
		}

		@Bean
		TelemetryContext ownContext() {
			return TelemetryContext.noop();
		}

		@Bean
		TelemetryReset ownReset() {
			return mock(TelemetryReset.class);
		}

		@Bean
		LocalLogReader ownReader() {
			return new LocalLogReader(null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> seen = new ArrayList<>();

		@Bean
		@Order(2)
		EventProcessor second() {
			return (event) -> event.toBuilder().attribute("steps", event.attribute("steps") + ",second").build();
		}

		@Bean
		@Order(1)
		EventProcessor first() {
			return (event) -> event.toBuilder().attribute("steps", "first").build();
		}

		@Bean
		EventObserver observer() {
			return (event) -> this.seen.add(event.name());
		}

		@Bean
		EventObserver otherObserver() {
			return (event) -> this.seen.add(event.name());
		}

		@Bean
		EventDefinition orderPlaced() {
			return EventDefinition.builder("order.placed").property("steps", PropertyType.STRING).build();
		}

		@Bean
		MemorySink memorySink() {
			return new MemorySink();
		}

		@Bean
		TelemetrySinkFactory supplied() {
			return new TelemetrySinkFactory() {

				@Override
				public String name() {
					return "supplied";
				}

				@Override
				public String target() {
					return "nowhere";
				}

				@Override
				public boolean remote() {
					return false;
				}

				@Override
				public TelemetrySink create(SinkSession session) {
					return TelemetrySink.noop();
				}

			};
		}

	}

}
