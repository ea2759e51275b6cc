package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.command.ConsentPrompt;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.TelemetrySink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("F-30")
@ExtendWith(OutputCaptureExtension.class)
class TelemetryLifecycleTests {

	@TempDir
	Path home;

	private ApplicationContextRunner runner;

	@SuppressWarnings("unused") // It is there to be held
	private Socket held;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues(TestApplication.YES)
			.withBean(MemorySink.class);
	}

	@Test
	void contextWhenRestartedRecordsAgainAndOldThreadsAreGone() {
		Set<Thread> before = TestApplication.threads();
		this.runner.run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			telemetry.context().record("order.first");
			String session = telemetry.status().sessionId();
			Set<Thread> old = newThreads(before);
			assertThat(old).isNotEmpty();
			stop(context);
			join(old);
			assertThat(telemetry.context().isCollecting()).isFalse();
			telemetry.context().record("order.meanwhile");
			start(context);
			assertThat(telemetry.status().sessionId()).isNotNull().isNotEqualTo(session);
			telemetry.context().record("order.second");
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.first", "order.second");
			assertThat(newThreads(before)).isNotEmpty().doesNotContainAnyElementsOf(old);
		});
		join(newThreads(before));
		// Those of other tests may end meanwhile
		assertThat(before).containsAll(TestApplication.threads());
	}

	@Test
	void contextWhenRestartedAfterANoStaysShut() {
		this.runner.run((context) -> {
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			telemetry.gate().disable("command");
			stop(context);
			start(context);
			assertThat(telemetry.context().isCollecting()).isFalse();
		});
	}

	@Test
	void sinkBeanWhenRestartedIsNotClosedBetween() {
		ClosableSink sink = new ClosableSink();
		this.runner.withBean("closable", TelemetrySink.class, () -> sink).run((context) -> {
			TestApplication.telemetry(context).context().record("order.first");
			stop(context);
			start(context);
			TestApplication.telemetry(context).context().record("order.second");
			assertThat(TestApplication.delivered(context)).hasSize(2);
			assertThat(sink.closed).isFalse();
		});
	}

	@Test
	void contextWhenClosedHasWrittenEverything() throws IOException {
		this.runner.run((context) -> {
			for (int i = 0; i < 1000; i++) {
				TestApplication.telemetry(context).context().record("order.placed");
			}
		});
		assertThat(Files.readAllLines(this.home.resolve("telemetry.log"))).hasSize(1000);
	}

	@Test
	@Timeout(value = 30, unit = TimeUnit.SECONDS)
	void contextWhenReceiverHangsClosesWithACompleteLocalLog(CapturedOutput output) throws IOException {
		Set<Thread> before = TestApplication.threads();
		try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.runner
				.withPropertyValues("telemetry.endpoint=http://127.0.0.1:" + hanging.getLocalPort() + "/v1/logs",
						"telemetry.export-timeout=1h", "telemetry.batch-timeout=0s", "telemetry.shutdown-timeout=100ms")
				.run((context) -> {
					for (int i = 0; i < 100; i++) {
						TestApplication.telemetry(context).context().record("order.placed");
					}
					// The request is on its way, and will never be answered: a socket
					// that
					// nobody holds would be closed by the garbage collector
					this.held = hanging.accept();
				});
		}
		assertThat(Files.readAllLines(this.home.resolve("telemetry.log"))).hasSize(100);
		join(newThreads(before));
		assertThat(output).containsPattern("[1-9][0-9]* events wait for the next start").doesNotContain("next try");
	}

	@Test
	void startWhenGrantedIsOneLineAndNoWarning(CapturedOutput output) {
		this.runner.withBean(Orders.class).run((context) -> {
			context.getBean(Orders.class).place();
			assertThat(TestApplication.deliveredNames(context)).containsExactly("order.placed");
		});
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).contains("INFO").contains("GRANTED").contains("LOCAL");
		assertThat(lines(output).get(1)).contains("INFO")
			.contains("Telemetry is on by ")
			.endsWith("; no person has decided.");
		assertThat(output).doesNotContain("not eligible").doesNotContain("WARN");
	}

	@Test
	void startWhenNoDecisionHasBeenMadeSaysSoInOneLine(CapturedOutput output) {
		TestApplication.runner(this.home).withBean(Orders.class).run((context) -> {
			context.getBean(Orders.class).place();
			stop(context);
			start(context);
		});
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("INFO")
			.endsWith("Telemetry is off: no decision has been made. Review with --telemetry.command=notice, and decide"
					+ " with --telemetry.command=enable or --telemetry.command=disable");
		assertThat(output).doesNotContain("not eligible").doesNotContain("WARN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.enabled=false", "telemetry.feature.enabled=false",
			"telemetry.consent.detect-test-environment=true" })
	void startWhenSomethingForbidsItDoesNotAskForADecision(String property, CapturedOutput output) {
		TestApplication.runner(this.home).withPropertyValues(property).run((context) -> {
		});
		assertThat(output).doesNotContain("Telemetry is o");
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("Telemetry")).toList();
	}

	@Test
	void questionComesAfterTelemetryAndBeforeTheMessageAndTheWebServer() {
		TestApplication.runner(this.home)
			.withConfiguration(AutoConfigurations.of(TelemetryCommandAutoConfiguration.class))
			.run((context) -> {
				int question = context.getBean(ConsentPrompt.class).getPhase();
				assertThat(question).isGreaterThan(context.getBean(TelemetryLifecycle.class).getPhase())
					.isLessThan(context.getBean(StartMessage.class).getPhase())
					.isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
			});
	}

	@Test
	void phaseIsBelowThatOfTheWebServerAndItsGracefulShutdown() {
		// Both are measured from the default phase: Boot's web server lifecycle beans
		assertThat(TelemetryLifecycle.PHASE).isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
	}

	private static Set<Thread> newThreads(Set<Thread> before) {
		Set<Thread> threads = new HashSet<>(TestApplication.threads());
		threads.removeAll(before);
		return threads;
	}

	private static void join(Set<Thread> threads) {
		for (Thread thread : threads) {
			try {
				thread.join(TestApplication.LONG.toMillis());
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
			assertThat(thread.isAlive()).as(thread.getName()).isFalse();
		}
	}

	private static void stop(ApplicationContext context) {
		((ConfigurableApplicationContext) context).stop();
	}

	private static void start(ApplicationContext context) {
		((ConfigurableApplicationContext) context).start();
	}

	static class Orders {

		@TelemetryEvent("order.placed")
		public List<String> place() {
			return List.of();
		}

	}

	private static final class ClosableSink implements TelemetrySink {

		private volatile boolean closed;

		@Override
		public void emit(Event event) {
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
