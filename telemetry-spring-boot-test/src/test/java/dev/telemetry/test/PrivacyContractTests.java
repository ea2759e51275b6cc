package dev.telemetry.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.TelemetryContext;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.EventObserver;
import dev.telemetry.sink.TelemetrySink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PrivacyContract}: an application that keeps it, and one application
 * for each fault that it must find.
 */
class PrivacyContractTests {

	private static final String BEFORE = "noThreadFileOrSocketBeforeConsent";

	private static final String AFTER = "nothingAfterAWithdrawal";

	private static final String SECRET = "noSecretIsRecorded";

	private static final String DECLARED = "everythingRecordedIsDeclared";

	private static final String MANIFEST = "manifestEqualsTheReviewedBaseline";

	@TempDir
	private static Path directory;

	@Test
	void applicationThatKeepsTheContractPasses() {
		assertThat(failures(Keeping.class)).isEmpty();
	}

	@Test
	void sinkThatWritesEarlyIsFound() {
		assertThat(failures(WritingEarly.class)).containsOnlyKeys(BEFORE)
			.hasEntrySatisfying(BEFORE, (message) -> assertThat(message)
				.contains("early.log written by " + EarlySinkApplication.class.getName()));
	}

	@Test
	void undeclaredEventIsFound() {
		assertThat(failures(Undeclared.class)).containsOnlyKeys(DECLARED)
			.hasEntrySatisfying(DECLARED, (message) -> assertThat(message).contains("event 'order.guessed'"));
	}

	@Test
	void argumentRecordedByMistakeIsFound() {
		assertThat(failures(Careless.class)).containsOnlyKeys(SECRET)
			.hasEntrySatisfying(SECRET, (message) -> assertThat(message).contains("\"customer\":"));
	}

	@Test
	void threadBeforeConsentIsFound() {
		assertThat(failures(Threading.class)).containsOnlyKeys(BEFORE)
			.hasEntrySatisfying(BEFORE, (message) -> assertThat(message)
				.contains("thread 'eager' started by " + ThreadApplication.class.getName()));
	}

	@Test
	void fileBeforeConsentIsFound() {
		assertThat(failures(Filing.class)).containsOnlyKeys(BEFORE)
			.hasEntrySatisfying(BEFORE, (message) -> assertThat(message).contains("file <telemetry.home>"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void socketBeforeConsentIsFound() {
		assertThat(failures(Connecting.class)).containsOnlyKeys(BEFORE)
			.hasEntrySatisfying(BEFORE, (message) -> assertThat(message).contains("more are open"));
	}

	@Test
	void socketThatCarriesDataBeforeConsentIsFoundWithItsCode() {
		assertThat(failures(Talking.class)).containsOnlyKeys(BEFORE)
			.hasEntrySatisfying(BEFORE,
					(message) -> assertThat(message).contains("socket to", "by " + SocketApplication.class.getName()));
	}

	@Test
	void fileAfterAWithdrawalIsFound() {
		assertThat(failures(WritingLate.class)).containsOnlyKeys(AFTER)
			.hasEntrySatisfying(AFTER,
					(message) -> assertThat(message).contains("late.log written by " + LateObserver.class.getName()));
	}

	@Test
	void exerciseThatRecordsNothingIsRefused() {
		assertThat(failures(Idle.class)).containsOnlyKeys(AFTER, SECRET, DECLARED)
			.allSatisfy((test, message) -> assertThat(message).contains("exercise() has recorded nothing"));
	}

	@Test
	void manifestOfAnotherApplicationIsFound() throws IOException {
		Files.writeString(Baseline.FILE, "{\"events\":[],\"format\":1}\n");
		try {
			assertThat(failures(Baseline.class)).containsOnlyKeys(MANIFEST);
		}
		finally {
			Files.delete(Baseline.FILE);
		}
	}

	/** Run the tests of a class and return the messages of those that fail, by method. */
	private static Map<String, String> failures(Class<?> contract) {
		Map<String, String> failures = new TreeMap<>();
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClass(contract))
				.build(), new TestExecutionListener() {

					@Override
					public void executionFinished(TestIdentifier test, TestExecutionResult result) {
						if (result.getStatus() == Status.FAILED) {
							failures.put(test.getDisplayName().replace("()", ""),
									result.getThrowable().map(Throwable::toString).orElse(""));
						}
					}

				});
		return failures;
	}

	/** What the contracts below have in common. */
	abstract static class Contract implements PrivacyContract {

		private final Class<?> application;

		Contract(Class<?> application) {
			this.application = application;
		}

		@Override
		public Class<?> application() {
			return this.application;
		}

		@Override
		public List<String> arguments() {
			return List.of("--spring.main.web-application-type=none");
		}

		@Override
		public void exercise(ConfigurableApplicationContext context, String secret) {
			context.getBean(Orders.class).place(secret, 2);
		}

	}

	/** The annotated methods. */
	static class Orders {

		@TelemetryEvent("order.placed")
		public int place(String customer, @TelemetryAttribute("items") int items) {
			return items;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@org.springframework.boot.autoconfigure.EnableAutoConfiguration
	static class KeepingApplication {

		@Bean
		Orders orders() {
			return new Orders();
		}

		/** A sink that does nothing before it is given something. */
		@Bean
		TelemetrySink quietSink() {
			return (event) -> {
			};
		}

		/** What has nothing to do with telemetry may do what it likes. */
		@Bean
		DisposableBean ownThreadAndFile() throws IOException {
			Thread thread = new Thread(PrivacyContractTests::pause, "own");
			thread.setDaemon(true);
			thread.start();
			Files.writeString(directory.resolve("own.txt"), "mine");
			return thread::interrupt;
		}

	}

	static class Keeping extends Contract {

		Keeping() {
			super(KeepingApplication.class);
		}

		/** With a web server, which has threads and sockets of its own. */
		@Override
		public List<String> arguments() {
			return List.of();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KeepingApplication.class)
	static class EarlySinkApplication {

		@Bean
		TelemetrySink earlySink() throws IOException {
			Files.writeString(directory.resolve("early.log"), "started\n");
			return (event) -> {
			};
		}

	}

	static class WritingEarly extends Contract {

		WritingEarly() {
			super(EarlySinkApplication.class);
		}

	}

	static class Undeclared extends Contract {

		Undeclared() {
			super(KeepingApplication.class);
		}

		@Override
		public void exercise(ConfigurableApplicationContext context, String secret) {
			super.exercise(context, secret);
			context.getBean(TelemetryContext.class).record("order.guessed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KeepingApplication.class)
	static class CarelessApplication {

		@Bean
		Customers customers() {
			return new Customers();
		}

	}

	/** Records who it was. */
	static class Customers {

		@TelemetryEvent("customer.seen")
		public void see(@TelemetryAttribute("customer") String customer) {
		}

	}

	static class Careless extends Contract {

		Careless() {
			super(CarelessApplication.class);
		}

		@Override
		public void exercise(ConfigurableApplicationContext context, String secret) {
			context.getBean(Customers.class).see("Mr " + secret.toUpperCase(java.util.Locale.ROOT));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KeepingApplication.class)
	static class ThreadApplication {

		@Bean
		EventObserver eagerObserver() {
			Thread thread = new Thread(() -> {
			}, "eager");
			thread.start();
			return (event) -> {
			};
		}

	}

	static class Threading extends Contract {

		Threading() {
			super(ThreadApplication.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KeepingApplication.class)
	static class FileApplication {

		@Bean
		EventObserver filingObserver(org.springframework.core.env.Environment environment) throws IOException {
			Files.createDirectories(Path.of(environment.getRequiredProperty("telemetry.home")));
			return (event) -> {
			};
		}

	}

	static class Filing extends Contract {

		Filing() {
			super(FileApplication.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KeepingApplication.class)
	static class SocketApplication {

		static boolean talking;

		/** Connects to a server that takes everybody. */
		@Bean
		ConnectedObserver connectedObserver() throws IOException {
			ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
			Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
			if (talking) {
				socket.getOutputStream().write(1);
			}
			return new ConnectedObserver(server, socket);
		}

	}

	/** Holds a connection. */
	record ConnectedObserver(ServerSocket server, Socket socket) implements EventObserver, DisposableBean {

		@Override
		public void observe(Event event) {
		}

		@Override
		public void destroy() throws IOException {
			this.socket.close();
			this.server.close();
		}

	}

	static class Connecting extends Contract {

		Connecting() {
			super(SocketApplication.class);
		}

		@Override
		public Class<?> application() {
			SocketApplication.talking = false;
			return super.application();
		}

	}

	static class Talking extends Contract {

		Talking() {
			super(SocketApplication.class);
		}

		@Override
		public Class<?> application() {
			SocketApplication.talking = true;
			return super.application();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KeepingApplication.class)
	static class LateApplication {

		/** Has seen an event, and tells of its context from then on. */
		@Bean
		LateObserver lateObserver() {
			return new LateObserver();
		}

	}

	/** Writes when it is asked to, once it has seen an event. */
	static class LateObserver implements EventObserver {

		private volatile boolean seen;

		@Override
		public void observe(Event event) {
			this.seen = true;
		}

		void tick() {
			if (this.seen) {
				try {
					Files.writeString(directory.resolve("late.log"), "still here\n");
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}

	}

	static class WritingLate extends Contract {

		WritingLate() {
			super(LateApplication.class);
		}

		@Override
		public void exercise(ConfigurableApplicationContext context, String secret) {
			super.exercise(context, secret);
			context.getBeanProvider(LateObserver.class).ifAvailable(LateObserver::tick);
		}

	}

	static class Idle extends Contract {

		Idle() {
			super(KeepingApplication.class);
		}

		@Override
		public void exercise(ConfigurableApplicationContext context, String secret) {
		}

	}

	static class Baseline extends Contract {

		static final Path FILE = Path.of("target", "other-baseline.json");

		Baseline() {
			super(KeepingApplication.class);
		}

		@Override
		public Path baseline() {
			return FILE;
		}

	}

	private static void pause() {
		try {
			Thread.currentThread().join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
