package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.event.Event;
import dev.telemetry.invocation.CommandLinePostProcessor;
import dev.telemetry.invocation.CommandRecording;
import dev.telemetry.invocation.RunnerEvents;
import dev.telemetry.invocation.TelemetryExecutionStrategy;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.RunAll;
import picocli.CommandLine.Spec;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/** Tests for {@link TelemetryCommandEventsAutoConfiguration} with picocli. */
class TelemetryCommandEventsAutoConfigurationTests {

	private static final String ON = "telemetry.command-events.enabled=true";

	/** In arguments, values of options, undeclared names, and messages. */
	private static final String DATA = "canary-4711";

	private static final int MANY = 1_000;

	@TempDir
	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withConfiguration(AutoConfigurations.of(TelemetryCommandEventsAutoConfiguration.class))
			.withBean(MemorySink.class);
	}

	@Test
	void aCommandThatSucceedsIsAnInvocation() {
		consenting().run((context) -> {
			assertThat(strategy(context).execute("greet", DATA)).isZero();
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).singleElement().satisfies((event) -> {
				assertThat(event.name()).isEqualTo("command.invocation");
				assertThat(event.type()).isEqualTo("command.invocation");
				assertThat(event.attributes())
					.contains(entry("command", "shop greet"), entry("exit_code", 0L), entry("success", true))
					.containsOnlyKeys("command", "exit_code", "duration_ms", "success", "outcome");
			});
		});
	}

	@ParameterizedTest
	@CsvSource({ "greet x, shop greet, 0", "hello x, shop greet, 0", "gre x, shop greet, 0",
			"remote add x, shop remote add, 0", "rem ad x, shop remote add, 0", "r a x, shop remote add, 0",
			"remote, shop remote, 0", "'', shop, 0", "--help, shop, 0", "greet --help, shop greet, 0",
			"--version, shop, 0", "missing, shop missing, 4" })
	void theNameIsTheDeclaredOne(String line, String command, int exitCode) {
		consenting().run((context) -> {
			assertThat(strategy(context).execute(arguments(line))).isEqualTo(exitCode);
			assertThat(TestApplication.delivered(context)).singleElement()
				.satisfies((event) -> assertThat(event.attributes()).contains(entry("command", command),
						entry("exit_code", (long) exitCode), entry("success", exitCode == 0)));
		});
	}

	@ParameterizedTest
	@CsvSource({ "canary-4711, unknown, UnmatchedArgumentException", "remote canary-4711, unknown,",
			"re x, unknown, ParameterException", "--canary-4711, shop, UnmatchedArgumentException",
			"greet, shop greet, MissingParameterException", "greet x canary-4711, shop greet,",
			"greet --times canary-4711 x, shop greet, ParameterException",
			"validate canary-4711, shop validate, ParameterException" })
	void whatIsRefusedIsAnErrorUnderADeclaredNameOrNone(String line, String command, String error) {
		consenting().run((context) -> {
			assertThat(applied(context, shop()).execute(arguments(line))).isEqualTo(ExitCode.USAGE);
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).singleElement().satisfies((event) -> {
				assertThat(event.name()).isEqualTo("command.error");
				assertThat(event.attributes()).contains(entry("command", command), entry("exit_code", 2L),
						entry("success", false), entry("outcome", "rejected"),
						entry("error", (error != null) ? error : "UnmatchedArgumentException"));
			});
			assertNoData(events);
		});
	}

	@Test
	void aFailureIsTheClassOfWhatWasThrownAndTheExitCodeThatBecameOfIt() {
		consenting().run((context) -> {
			assertThat(strategy(context).execute("fail", DATA)).isEqualTo(ExitCode.SOFTWARE);
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).singleElement().satisfies((event) -> {
				assertThat(event.name()).isEqualTo("command.error");
				assertThat(event.attributes()).contains(entry("command", "shop fail"), entry("exit_code", 1L),
						entry("success", false), entry("error", "UncheckedIOException"));
			});
			assertNoData(events);
		});
	}

	@Test
	void aMapperAndAHandlerOfExceptionsDecideAsBefore() {
		consenting().run((context) -> {
			CommandLine mapped = strategy(context).setExitCodeExceptionMapper((ex) -> 42);
			assertThat(mapped.execute("fail", DATA)).isEqualTo(42);
			CommandLine handled = applied(context, shop().setExecutionExceptionHandler((ex, line, parsed) -> 43)
				.setParameterExceptionHandler((ex, args) -> 44));
			assertThat(handled.execute("fail", DATA)).isEqualTo(43);
			assertThat(handled.execute(DATA)).isEqualTo(44);
			// Set after the strategy, as an application may
			CommandLine later = applied(context, shop()).setExecutionExceptionHandler((ex, line, parsed) -> 45);
			assertThat(later.execute("fail", DATA)).isEqualTo(45);
			assertThat(exitCodes(TestApplication.delivered(context))).containsExactly(42L, 43L, 44L, 45L);
		});
	}

	@Test
	void aHandlerThatThrowsIsAnsweredByPicocliAsBefore() {
		consenting().run((context) -> {
			CommandLine line = shop().setParameterExceptionHandler((ex, args) -> {
				throw new IllegalStateException(DATA);
			}).setExitCodeExceptionMapper((ex) -> (ex instanceof IllegalStateException) ? 46 : 47);
			assertThat(applied(context, line).execute("greet")).isEqualTo(46);
			assertThat(exitCodes(TestApplication.delivered(context))).containsExactly(46L);
		});
	}

	@Test
	void aCommandLineKeepsItsStrategyAndEachSubcommandItsHandlers() {
		consenting().run((context) -> {
			List<String> own = new ArrayList<>();
			CommandLine line = shop().setExecutionStrategy((parsed) -> {
				own.add("root");
				return new RunAll().execute(parsed);
			});
			CommandLine greet = line.getSubcommands().get("greet");
			greet.setParameterExceptionHandler((ex, args) -> 48);
			applied(context, applied(context, line));
			assertThat(line.execute("remote", "add", "x")).isZero();
			assertThat(own).containsExactly("root");
			assertThat(greet.execute()).isEqualTo(48);
			assertThat(line.execute("greet")).isEqualTo(ExitCode.USAGE);
			assertThat(exitCodes(TestApplication.delivered(context))).containsExactly(0L, 48L, 2L);
		});
	}

	/** Picocli lets it through, or wraps it when it comes out of a method. */
	@Test
	void anErrorIsRecordedAsWhatItIs() {
		consenting().run((context) -> {
			CommandLine line = strategy(context);
			assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> line.execute("overflow"));
			assertThat(line.execute("overflow", "method")).isEqualTo(ExitCode.SOFTWARE);
			List<Event> events = TestApplication.delivered(context);
			assertThat(commands(events)).containsExactly("shop overflow", "shop overflow method");
			assertThat(events).allSatisfy((event) -> assertThat(event.attributes())
				.contains(entry("error", "StackOverflowError"), entry("exit_code", 1L)));
			assertNoData(events);
		});
	}

	@Test
	void whatTheStrategyItselfThrowsHasTheExitCodeThatPicocliGivesIt() {
		consenting().run((context) -> {
			IExecutionStrategy broken = (parsed) -> {
				throw new IllegalStateException(DATA);
			};
			CommandLine line = applied(context,
					shop().setExecutionStrategy(broken).setExitCodeExceptionMapper((ex) -> 49));
			assertThat(line.execute("greet", "x")).isEqualTo(49);
			List<Event> events = TestApplication.delivered(context);
			assertThat(events).singleElement()
				.satisfies((event) -> assertThat(event.attributes()).contains(entry("error", "IllegalStateException"),
						entry("exit_code", 49L)));
			assertNoData(events);
		});
	}

	@Test
	void aRootWithoutANameIsCalledMain() {
		consenting().run((context) -> {
			CommandLine line = new CommandLine(CommandSpec.create().addSubcommand("greet", new Greet().spec()));
			applied(context, line).setExecutionStrategy((parsed) -> 0);
			applied(context, line).execute();
			applied(context, line).execute("greet", "x");
			assertThat(commands(TestApplication.delivered(context))).containsExactly("main", "greet");
		});
	}

	@Test
	void aCommandLineThatIsABeanNeedsNothing() {
		consenting().withUserConfiguration(CommandLineBeans.class).run((context) -> {
			assertThat(context.getBean(CommandLine.class).execute("greet", "x")).isZero();
			assertThat(context.getBean(CommandLine.class).execute(DATA)).isEqualTo(ExitCode.USAGE);
			assertThat(commands(TestApplication.delivered(context))).containsExactly("shop greet", "unknown");
		});
	}

	@Test
	void executionsByTheThousandAreAllRecordedWithTheirExitCodes() {
		consenting().run((context) -> {
			CommandLine line = strategy(context);
			IntStream.range(0, MANY)
				.forEach((i) -> assertThat(line.execute("exit", String.valueOf(i % 7))).isEqualTo(i % 7));
			assertThat(exitCodes(TestApplication.delivered(context)))
				.containsExactlyElementsOf(IntStream.range(0, MANY).mapToObj((i) -> (Object) (long) (i % 7)).toList());
		});
	}

	@Test
	void noArgumentIsInAnyFileOfTheHome() throws IOException {
		consenting().withPropertyValues("telemetry.http.endpoint=http://localhost:1/events").run((context) -> {
			CommandLine line = applied(context, shop());
			for (String words : List.of("greet canary-4711", "greet --password canary-4711 x", "canary-4711", "fail x",
					"fail canary-4711", "remote add canary-4711", "--canary-4711", "greet x --times canary-4711")) {
				line.execute(arguments(words));
			}
			TestApplication.telemetry(context).flush(Duration.ZERO);
		});
		Map<Path, String> files = files();
		assertThat(files.keySet().toString()).contains("telemetry.log", "spill");
		assertThat(String.join("", files.values())).doesNotContain("4711");
		assertThat(files).as("the control")
			.anySatisfy((file, text) -> assertThat(file.toString() + text).contains("telemetry.log")
				.contains("shop greet", "unknown", "UncheckedIOException"));
	}

	@Test
	void nothingIsRecordedBeforeAGrant() {
		this.runner.withPropertyValues(ON).run((context) -> {
			CommandLine line = applied(context, shop());
			assertThat(line.execute("greet", "x")).isZero();
			assertThat(line.execute("fail", "x")).isEqualTo(ExitCode.SOFTWARE);
			assertThat(line.execute(DATA)).isEqualTo(ExitCode.USAGE);
			assertThat(context.getBean(MemorySink.class).events()).isEmpty();
			assertThat(this.home).isEmptyDirectory();
		});
	}

	@Test
	void whatBeganBeforeTheGrantIsNotRecorded() {
		this.runner.withPropertyValues(ON).run((context) -> {
			CommandLine line = applied(context, shop());
			line.getSubcommands().get("grant").<Grant>getCommand().context = context;
			assertThat(line.execute("grant")).isZero();
			assertThat(line.execute("greet", "x")).isZero();
			assertThat(commands(TestApplication.delivered(context))).containsExactly("shop greet");
		});
	}

	@Test
	void offThereIsNoBeanAndNoDeclaration() {
		for (String off : List.of("telemetry.x=y", "telemetry.command-events.enabled=false")) {
			this.runner.withPropertyValues(TestApplication.YES, off).run((context) -> {
				assertThat(context).doesNotHaveBean(TelemetryCommandEventsAutoConfiguration.class)
					.doesNotHaveBean(TelemetryExecutionStrategy.class)
					.doesNotHaveBean(CommandLinePostProcessor.class)
					.doesNotHaveBean(RunnerEvents.class)
					.doesNotHaveBean(CommandRecording.class);
				assertThat(declared(context)).isEmpty();
			});
		}
		consenting().run((context) -> assertThat(declared(context)).containsExactlyInAnyOrder("command.invocation",
				"command.error"));
	}

	/** As where ahead-of-time processing has found that something is set. */
	@Test
	void whatIsNoYesDeclaresAndRecordsNothing() {
		this.runner.withPropertyValues(TestApplication.YES, "telemetry.command-events.enabled=maybe").run((context) -> {
			assertThat(strategy(context).execute("greet", "x")).isZero();
			assertThat(declared(context)).isEmpty();
			assertThat(TestApplication.delivered(context)).isEmpty();
			assertThat(TestApplication.problems(context))
				.anySatisfy((problem) -> assertThat(problem.property()).isEqualTo("telemetry.command-events.enabled"));
		});
	}

	@Test
	void withoutPicocliThereIsNoStrategy() {
		consenting().withClassLoader(new FilteredClassLoader(CommandLine.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RunnerEvents.class)
				.doesNotHaveBean("telemetryExecutionStrategy"));
	}

	@Test
	void theExitTakesNoLongerThanItsBudget() {
		consenting().run((context) -> assertThat(shutdownTimeout(context)).isEqualTo(Duration.ofMillis(250)));
		consenting().withPropertyValues("telemetry.command-events.exit-budget=1s")
			.run((context) -> assertThat(shutdownTimeout(context)).isEqualTo(Duration.ofSeconds(1)));
		consenting().withPropertyValues("telemetry.shutdown-timeout=100ms")
			.run((context) -> assertThat(shutdownTimeout(context)).isEqualTo(Duration.ofMillis(100)));
		this.runner.run((context) -> assertThat(shutdownTimeout(context)).isEqualTo(Duration.ofSeconds(2)));
	}

	/** The other limits are minutes: what ends it is the budget. */
	@Test
	void aDestinationThatHangsCostsTheBudgetAndNoEvent() throws IOException {
		AtomicLong begun = new AtomicLong();
		try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			consenting()
				.withPropertyValues("telemetry.http.endpoint=http://127.0.0.1:" + hanging.getLocalPort() + "/events",
						"telemetry.shutdown-timeout=5m", "telemetry.export-timeout=5m")
				.run((context) -> {
					assertThat(strategy(context).execute("greet", DATA)).isZero();
					begun.set(System.nanoTime());
				});
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begun.get())).isLessThan(Duration.ofMinutes(1));
		assertThat(files()).anySatisfy((file, text) -> {
			assertThat(file.toString()).contains("spill");
			assertThat(text).contains("shop greet");
		});
		assertThat(files().get(this.home.resolve("telemetry.log"))).contains("shop greet");
	}

	private ApplicationContextRunner consenting() {
		return this.runner.withPropertyValues(TestApplication.YES, ON);
	}

	private static CommandLine strategy(ApplicationContext context) {
		return shop().setExecutionStrategy(context.getBean(TelemetryExecutionStrategy.class));
	}

	private static CommandLine applied(ApplicationContext context, CommandLine line) {
		return context.getBean(TelemetryExecutionStrategy.class).applyTo(line);
	}

	private static CommandLine shop() {
		return new CommandLine(new Shop()).setAbbreviatedSubcommandsAllowed(true)
			.setOut(new PrintWriter(new StringWriter()))
			.setErr(new PrintWriter(new StringWriter()));
	}

	private static String[] arguments(String line) {
		return line.isEmpty() ? new String[0] : line.split(" ");
	}

	private static Duration shutdownTimeout(ApplicationContext context) {
		return context.getBean(TelemetrySettings.class).delivery().shutdownTimeout();
	}

	private static List<String> declared(ApplicationContext context) {
		return context.getBean(TelemetrySpecRegistry.class).events().stream().map(EventDefinition::name).toList();
	}

	private static List<Object> commands(List<Event> events) {
		return events.stream().map((event) -> event.attributes().get("command")).collect(Collectors.toList());
	}

	private static List<Object> exitCodes(List<Event> events) {
		return events.stream().map((event) -> event.attributes().get("exit_code")).collect(Collectors.toList());
	}

	private static void assertNoData(List<Event> events) {
		assertThat(events).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.attributes().toString()).doesNotContain("4711"));
	}

	private Map<Path, String> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.home)) {
			return files.filter(Files::isRegularFile).collect(Collectors.toMap((file) -> file, (file) -> {
				try {
					return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class CommandLineBeans {

		@Bean
		@Scope("prototype")
		CommandLine commandLine() {
			return shop();
		}

	}

	@Command(name = "shop", mixinStandardHelpOptions = true, version = "1", subcommands = { Greet.class, Remote.class,
			Missing.class, Fail.class, Overflow.class, Validate.class, Exit.class, Grant.class, Report.class })
	static class Shop implements Runnable {

		@Override
		public void run() {
		}

	}

	@Command(name = "greet", aliases = "hello", mixinStandardHelpOptions = true)
	static class Greet implements Runnable {

		@Parameters
		private String name;

		@Option(names = "--password")
		private String password;

		@Option(names = "--times")
		private int times;

		@Override
		public void run() {
		}

		CommandSpec spec() {
			return CommandSpec.forAnnotatedObject(this);
		}

	}

	@Command(name = "remote", aliases = "r", subcommands = Add.class)
	static class Remote implements Runnable {

		@Override
		public void run() {
		}

	}

	@Command(name = "report")
	static class Report implements Runnable {

		@Override
		public void run() {
		}

	}

	@Command(name = "add", aliases = "a")
	static class Add implements Runnable {

		@Parameters
		private String name;

		@Override
		public void run() {
		}

	}

	@Command(name = "missing")
	static class Missing implements Callable<Integer> {

		@Override
		public Integer call() {
			return 4;
		}

	}

	@Command(name = "exit")
	static class Exit implements Callable<Integer> {

		@Parameters
		private int code;

		@Override
		public Integer call() {
			return this.code;
		}

	}

	@Command(name = "fail")
	static class Fail implements Runnable {

		@Parameters
		private String name;

		@Override
		public void run() {
			throw new UncheckedIOException(new IOException(this.name));
		}

	}

	@Command(name = "overflow")
	static class Overflow implements Runnable {

		@Override
		public void run() {
			throw new StackOverflowError(DATA);
		}

		@Command
		void method() {
			run();
		}

	}

	@Command(name = "validate")
	static class Validate implements Runnable {

		@Spec
		private CommandSpec spec;

		@Parameters
		private String value;

		@Override
		public void run() {
			throw new ParameterException(this.spec.commandLine(), this.value);
		}

	}

	@Command(name = "grant")
	static class Grant implements Runnable {

		private ApplicationContext context;

		@Override
		public void run() {
			TestApplication.telemetry(this.context).gate().enable(ConsentScope.LOCAL, null, "test");
		}

	}

}
