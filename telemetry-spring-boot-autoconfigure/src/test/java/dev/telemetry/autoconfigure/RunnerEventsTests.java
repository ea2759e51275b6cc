package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.telemetry.event.Event;
import dev.telemetry.invocation.TelemetryExecutionStrategy;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.MemorySink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/** What applications record that do their work in runners. */
class RunnerEventsTests {

	private static final String DATA = "canary-4711";

	private final MemorySink sink = new MemorySink();

	@TempDir
	private Path home;

	@Test
	void aRunnerIsACommandUnderTheNameOfItsBean() {
		assertThat(SpringApplication.exit(run(Importer.class))).isZero();
		assertThat(this.sink.events()).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("command.invocation");
			assertThat(event.attributes())
				.contains(entry("command", "importer"), entry("exit_code", 0L), entry("success", true))
				.containsOnlyKeys("command", "exit_code", "duration_ms", "success", "outcome");
		});
	}

	@Test
	void theExitCodeIsThatOfTheApplication() {
		assertThat(SpringApplication.exit(run(Importer.class), () -> 3)).isEqualTo(3);
		assertThat(this.sink.events()).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("command.error");
			assertThat(event.attributes()).contains(entry("exit_code", 3L), entry("success", false))
				.doesNotContainKey("error");
		});
	}

	@Test
	void aRunnerThatThrowsIsAnErrorOfThatClass() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> run(Throwing.class));
		assertThat(this.sink.events()).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("command.error");
			assertThat(event.attributes()).contains(entry("command", "throwing"), entry("exit_code", 1L),
					entry("error", "IllegalStateException"));
			assertThat(event.attributes().toString()).doesNotContain("4711");
		});
	}

	@Test
	void anExceptionWithAnExitCodeHasThatOne() {
		assertThatExceptionOfType(Coded.class).isThrownBy(() -> run(ThrowingCoded.class));
		assertThat(attributes()).singleElement().satisfies((each) -> assertThat(each).containsEntry("exit_code", 7L));
	}

	@Test
	void severalRunnersAreOneExecution() {
		SpringApplication.exit(run(Importer.class, Second.class));
		assertThat(attributes()).singleElement()
			.satisfies((each) -> assertThat(each).containsEntry("command", "second+importer"));
	}

	@Test
	void whereACommandWasExecutedTheRunnerIsNone() {
		SpringApplication.exit(run(PicocliRunner.class));
		assertThat(attributes()).singleElement()
			.satisfies((each) -> assertThat(each).containsEntry("command", "tool").containsEntry("exit_code", 0L));
	}

	@Test
	void withoutRunnersThereIsNoCommand() {
		SpringApplication.exit(run(Nothing.class));
		assertThat(this.sink.events()).isEmpty();
	}

	/** As the hook of the JVM does while another thread waits in System.exit. */
	@Test
	void anExitByTheSystemHasNoExitCode() throws InterruptedException {
		ConfigurableApplicationContext context = run(Importer.class);
		Thread hook = new Thread(context::close, "hook");
		hook.start();
		Patience.end(hook);
		assertThat(attributes()).singleElement()
			.satisfies((each) -> assertThat(each).containsEntry("success", true).doesNotContainKey("exit_code"));
	}

	/** As the hook of the JVM does after the main method has returned. */
	@Test
	void aReturnFromTheMainMethodIsTheExitCodeZero() throws InterruptedException {
		List<ConfigurableApplicationContext> contexts = new ArrayList<>();
		Thread main = new Thread(() -> contexts.add(run(Importer.class)), "main method");
		main.start();
		Patience.end(main);
		contexts.forEach(ConfigurableApplicationContext::close);
		assertThat(attributes()).singleElement().satisfies((each) -> assertThat(each).containsEntry("exit_code", 0L));
	}

	/** As the hook of the JVM does when a runner calls System.exit. */
	@Test
	void anExitWithinARunnerIsCancelled() throws InterruptedException {
		Thread main = new Thread(() -> run(Waiting.class), "main method");
		main.start();
		Patience.await("the runner", Waiting.RUNS);
		Thread hook = new Thread(Waiting.context::close, "hook");
		hook.start();
		Patience.end(hook);
		Waiting.GO_ON.countDown();
		Patience.end(main);
		assertThat(attributes()).singleElement()
			.satisfies((each) -> assertThat(each).containsEntry("command", "waiting")
				.containsEntry("outcome", "cancelled")
				.doesNotContainKey("exit_code"));
	}

	@Test
	void beforeAGrantAndInAChildNothingIsRecorded() {
		SpringApplication.exit(application(Importer.class).run(arguments("--telemetry.enabled=false")));
		assertThat(this.sink.events()).isEmpty();
		ConfigurableApplicationContext child = application(Nothing.class).child(Second.class).run(arguments());
		SpringApplication.exit(child.getParent());
		assertThat(this.sink.events()).isEmpty();
	}

	private ConfigurableApplicationContext run(Class<?>... sources) {
		return application(sources).run(arguments());
	}

	private SpringApplicationBuilder application(Class<?>... sources) {
		return new SpringApplicationBuilder(Ours.class).sources(sources)
			.logStartupInfo(false)
			.initializers((context) -> context.getBeanFactory().registerSingleton("memory", this.sink));
	}

	private String[] arguments(String... more) {
		List<String> arguments = new ArrayList<>(List.of("--telemetry.command-events.enabled=true",
				"--spring.main.web-application-type=none", "--spring.main.register-shutdown-hook=false", DATA));
		if (more.length == 0) {
			arguments.add("--" + TestApplication.YES);
		}
		arguments.addAll(List.of(more));
		Arrays.stream(TestApplication.properties(this.home)).map("--"::concat).forEach(arguments::add);
		return arguments.toArray(String[]::new);
	}

	private List<Map<String, Object>> attributes() {
		return this.sink.events().stream().map(Event::attributes).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TelemetryAutoConfiguration.class, TelemetryChildContextAutoConfiguration.class,
			TelemetryCommandEventsAutoConfiguration.class })
	static class Ours {

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class Importer {

		@Bean
		CommandLineRunner importer() {
			return (arguments) -> assertThat(arguments).contains(DATA);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Second {

		@Bean
		ApplicationRunner second() {
			return (arguments) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Throwing {

		@Bean
		CommandLineRunner throwing() {
			return (arguments) -> {
				throw new IllegalStateException(DATA);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThrowingCoded {

		@Bean
		CommandLineRunner coded() {
			return (arguments) -> {
				throw new Coded();
			};
		}

	}

	static class Coded extends RuntimeException implements ExitCodeGenerator {

		private static final long serialVersionUID = 1L;

		@Override
		public int getExitCode() {
			return 7;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PicocliRunner {

		@Bean
		CommandLineRunner picocli(TelemetryExecutionStrategy strategy) {
			return (arguments) -> new CommandLine(new Tool()).setUnmatchedArgumentsAllowed(true)
				.setExecutionStrategy(strategy)
				.execute(arguments);
		}

	}

	@Command(name = "tool")
	static class Tool implements Runnable {

		@Override
		public void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Waiting {

		private static final CountDownLatch RUNS = new CountDownLatch(1);

		private static final CountDownLatch GO_ON = new CountDownLatch(1);

		private static volatile ConfigurableApplicationContext context;

		@Bean
		ApplicationRunner waiting(ConfigurableApplicationContext context) {
			Waiting.context = context;
			return new ApplicationRunner() {

				@Override
				public void run(ApplicationArguments arguments) throws InterruptedException {
					RUNS.countDown();
					Patience.await("the end of the hook", GO_ON);
				}

			};
		}

	}

}
