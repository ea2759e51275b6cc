package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.invocation.TelemetryExecutionStrategy;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time under one configuration and runs it under
 * another: nothing about consent may be frozen.
 */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

	private static final Map<String, Object> NOTHING = Map.of();

	private static final String COMMAND_EVENTS = "telemetry.command-events.enabled";

	@TempDir
	Path directory;

	@Test
	void yesWhenSaidAtRunTimeCounts() {
		run(NOTHING, Map.of("telemetry.enabled", "true"), NOTHING, (context) -> {
			context.getBean(Orders.class).place();
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
			assertThat(TestApplication.problems(context)).isEmpty();
		});
	}

	@Test
	void nothingWhenProcessedUnderAYesIsDoneBeforeTheRun() {
		run(Map.of("telemetry.enabled", "true"), NOTHING, NOTHING, (context) -> {
			context.getBean(Orders.class).place();
			assertThat(state(context)).isEqualTo(ConsentState.UNDECIDED);
			assertThat(TestApplication.delivered(context)).isEmpty();
			assertThat(this.directory.resolve("home")).doesNotExist();
		});
	}

	@Test
	void gateWhenTheVariableSaysNoAtRunTimeIsShut() {
		run(Map.of("telemetry.enabled", "true"), Map.of("telemetry.enabled", "true"),
				Map.of("TELEMETRY_ENABLED", "false"), (context) -> {
					context.getBean(Orders.class).place();
					assertThat(state(context)).isEqualTo(ConsentState.VETOED);
					assertThat(TestApplication.delivered(context)).isEmpty();
				});
	}

	@Test
	void gateWhenTheFeatureIsShutAtRunTimeIsAbsent() {
		run(Map.of("telemetry.enabled", "true"),
				Map.of("telemetry.enabled", "true", "telemetry.feature.enabled", "false"), NOTHING, (context) -> {
					context.getBean(Orders.class).place();
					assertThat(state(context)).isEqualTo(ConsentState.ABSENT);
					assertThat(TestApplication.delivered(context)).isEmpty();
				});
	}

	@Test
	void noWhenProcessedUnderItIsNotFrozen() {
		run(Map.of("telemetry.feature.enabled", "false", "telemetry.enabled", "false"),
				Map.of("telemetry.enabled", "true"), NOTHING, (context) -> {
					context.getBean(Orders.class).place();
					assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
				});
	}

	@Test
	void commandEventsAreDeclaredAndRecorded() {
		Map<String, Object> yes = Map.of("telemetry.enabled", "true", COMMAND_EVENTS, "true");
		run(yes, yes, NOTHING, (context) -> {
			execute(context);
			assertThat(TestApplication.deliveredNames(context)).containsExactly("command.invocation");
			assertThat(declared(context)).contains("command.invocation", "command.error");
		});
	}

	@Test
	void commandEventsWhenTurnedOffAtRunTimeAreNeitherDeclaredNorRecorded() {
		run(Map.of("telemetry.enabled", "true", COMMAND_EVENTS, "true"),
				Map.of("telemetry.enabled", "true", COMMAND_EVENTS, "false"), NOTHING, (context) -> {
					execute(context);
					assertThat(TestApplication.delivered(context)).isEmpty();
					assertThat(declared(context)).doesNotContain("command.invocation", "command.error");
				});
	}

	private static void execute(ApplicationContext context) {
		CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create().name("shop"))
			.setExecutionStrategy((parsed) -> 0);
		assertThat(context.getBean(TelemetryExecutionStrategy.class).applyTo(line).execute()).isZero();
	}

	private static List<String> declared(ApplicationContext context) {
		return context.getBean(TelemetrySpecRegistry.class).events().stream().map(EventDefinition::name).toList();
	}

	@Test
	void hintsWhenProcessedNameTheProperties() {
		TestGenerationContext generation = new TestGenerationContext(AheadOfTimeTests.class);
		process(NOTHING, generation);
		RuntimeHints hints = generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onType(TelemetryProperties.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("dev/telemetry/telemetry.yaml.template"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("telemetry/shop.telemetry.yaml")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("dev/telemetry/consent/schema-postgresql.sql"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("dev/telemetry/consent/build-services.txt"))
			.accepts(hints);
	}

	private void run(Map<String, Object> whileProcessing, Map<String, Object> whileRunning,
			Map<String, Object> variables, Consumer<ApplicationContext> check) {
		TestGenerationContext generation = new TestGenerationContext(AheadOfTimeTests.class);
		ClassName initializer = process(whileProcessing, generation);
		assertThat(this.directory.resolve("home")).doesNotExist();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				configure(context.getEnvironment(), whileRunning, variables);
				initialize(compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName()),
						context);
				context.refresh();
				check.accept(context);
			}
		});
	}

	private ClassName process(Map<String, Object> properties, TestGenerationContext generation) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			configure(context.getEnvironment(), properties, NOTHING);
			context.register(Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return initializer;
		}
	}

	private void configure(ConfigurableEnvironment environment, Map<String, Object> properties,
			Map<String, Object> variables) {
		Map<String, Object> all = new LinkedHashMap<>(properties);
		for (String pair : TestApplication.properties(this.directory.resolve("home"))) {
			String[] parts = pair.split("=", 2);
			all.put(parts[0], parts[1]);
		}
		environment.getPropertySources().addFirst(new MapPropertySource("test", all));
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
	}

	@SuppressWarnings("unchecked") // The generated class initializes any generic context
	private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
		((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
	}

	private static ConsentState state(ApplicationContext context) {
		return TestApplication.telemetry(context).status().consent().state();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, TelemetryAutoConfiguration.class,
			TelemetryAspectAutoConfiguration.class, TelemetryEndpointAutoConfiguration.class,
			TelemetryCommandEventsAutoConfiguration.class })
	static class Application {

		@Bean
		MemorySink memorySink() {
			return new MemorySink();
		}

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public void place() {
		}

	}

}
