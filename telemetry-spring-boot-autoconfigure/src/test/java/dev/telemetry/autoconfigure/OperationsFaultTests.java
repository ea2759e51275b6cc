package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.telemetry.actuate.TelemetryHealthIndicator;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.ChildEnvironment;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sdk.Requirement;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.LocalStore;
import dev.telemetry.sink.TelemetrySink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see while everything goes wrong: never down, and figures that are equal
 * to what is counted here, at the server and in the files.
 */
@Timeout(300)
class OperationsFaultTests {

	private static final int EVENTS = 1500;

	private static final int LARGE_EVENTS = 6000;

	private static final Pattern NUMBER = Pattern.compile("(\\w+)=(\\d+)");

	@TempDir
	private Path directory;

	@Test
	@Tag("F-03")
	void whileEverySinkHangs() throws Exception {
		try (HangingReceiver receiver = new HangingReceiver()) {
			runner(receiver).run((context) -> {
				TelemetrySdk sdk = grantAndRecord(context, receiver);
				TelemetryMeters meters = meters(context);
				assertThat(meters.events("accepted")).isEqualTo(EVENTS);
				assertThat(meters.attempts("http", "success") + meters.attempts("http", "failure")).isZero();
				assertThat(meters.pending("hangingLocalSink")).isEqualTo(EVENTS);
				assertThat(meters.consent("open")).isOne();
				awaitSpilled(meters);
				assertThat(meters.spilledBytes("http")).isEqualTo(bytesIn(spill()));
				assertThat(idsIn(spill()) + meters.pending("http")).isEqualTo(EVENTS);
				assertUp(context, "GRANTED");
				receiver.letGo();
				context.getBean(HangingLocalSink.class).free.countDown();
				assertThat(sdk.flush(TestApplication.LONG)).isTrue();
				assertThat(receiver.ids()).hasSize(EVENTS);
				assertThat(meters.attempts("http", "success")).isEqualTo(receiver.answered());
				assertThat(meters.attempts("http", "failure")).isZero();
				assertThat(meters.pending("http") + meters.pending("hangingLocalSink") + meters.spilledBytes("http"))
					.isZero();
				assertUp(context, "GRANTED");
			});
		}
	}

	@Test
	@Tag("F-03")
	void afterAWithdrawalWhileEverySinkHangs() throws Exception {
		try (HangingReceiver receiver = new HangingReceiver()) {
			runner(receiver).run((context) -> {
				TelemetrySdk sdk = grantAndRecord(context, receiver);
				TelemetryMeters meters = meters(context);
				awaitSpilled(meters);
				sdk.gate().disable("command");
				sdk.context().record("order.placed");
				assertThat(meters.consent("open")).isZero();
				assertThat(meters.allEvents()).as("what was recorded under the grant").isEqualTo(EVENTS);
				assertThat(meters.events("accepted")).isEqualTo(EVENTS);
				assertThat(meters.pending("http") + meters.pending("hangingLocalSink")).isZero();
				assertThat(meters.spilledBytes("http")).isZero();
				assertThat(idsIn(spill())).isZero();
				assertUp(context, "WITHDRAWN");
				receiver.letGo();
				assertThat(meters.attempts("http", "success")).isZero();
			});
		}
	}

	@Test
	@Tag("F-10")
	void whileTheDiskIsFullAndAfterwards() throws Exception {
		Requirement.mounts();
		Path home = Files.createDirectory(this.directory.resolve("home"));
		try (Receiver receiver = new Receiver()) {
			receiver.status = 503;
			ProcessBuilder builder = new ProcessBuilder(child(home, receiver.address()));
			ChildEnvironment.clear(builder);
			Process process = builder.redirectErrorStream(true).start();
			ProcessOutput output = new ProcessOutput("an application with a full disk", process);
			Map<String, Long> full = numbers(output.lineAfter(OperationsChild.TELLS));
			receiver.status = 200;
			process.getOutputStream().write('\n');
			process.getOutputStream().flush();
			Map<String, Long> freed = numbers(output.lineAfter(OperationsChild.TELLS));
			Map<String, Long> withdrawn = numbers(output.lineAfter(OperationsChild.TELLS));
			assertThat(output.exit()).isZero();
			System.out.println("Full disk: " + full + ", room again: " + freed + ", withdrawn: " + withdrawn);
			assertThat(full).containsEntry("accepted", (long) LARGE_EVENTS).containsEntry("open", 1L);
			assertThat(full.get("pendingHttp")).as("did not fit").isPositive();
			assertThat(full.get("spillIds")).as("fitted").isPositive();
			assertThat(full.get("spillIds") + full.get("pendingHttp")).isEqualTo(LARGE_EVENTS);
			assertThat(full.get("spilledBytes")).isEqualTo(full.get("spillBytes"));
			assertThat(full.get("logIds") + full.get("pendingFile"))
				.as("the log may have some of the batch that failed")
				.isBetween((long) LARGE_EVENTS, LARGE_EVENTS + 511L);
			assertThat(full.get("failures")).isPositive();
			assertThat(freed).containsEntry("accepted", (long) LARGE_EVENTS)
				.containsEntry("pendingHttp", 0L)
				.containsEntry("pendingFile", 0L)
				.containsEntry("spilledBytes", 0L)
				.containsEntry("spillIds", 0L)
				.containsEntry("logIds", (long) LARGE_EVENTS);
			assertThat(EventIdsIn.distinct(receiver.body())).hasSize(LARGE_EVENTS);
			assertThat((long) receiver.requests().size())
				.as("an attempt is a request, unless the disk fails before it is sent")
				.isBetween(freed.get("successes"), freed.get("successes") + freed.get("failures"));
			assertThat(withdrawn).containsEntry("accepted", (long) LARGE_EVENTS).containsEntry("open", 0L);
			assertThat(List.of(full, freed, withdrawn)).allMatch((each) -> each.get("up") == 1);
		}
	}

	private static List<String> child(Path home, String address) {
		List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c",
				"mount -t tmpfs -o size=1m,mode=700 tmpfs '" + home + "' && exec \"$@\"", "sh"));
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				OperationsChild.class.getName(), home.toString(), address, String.valueOf(LARGE_EVENTS)));
		return command;
	}

	private static Map<String, Long> numbers(String line) {
		Map<String, Long> numbers = new HashMap<>();
		assertThat(line).as("what the child said").isNotNull();
		for (Matcher matcher = NUMBER.matcher(line); matcher.find();) {
			numbers.put(matcher.group(1), Long.valueOf(matcher.group(2)));
		}
		return numbers;
	}

	private ApplicationContextRunner runner(HangingReceiver receiver) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TelemetryAutoConfiguration.class, TelemetryMetricsAutoConfiguration.class,
							TelemetryHealthAutoConfiguration.class, MetricsAutoConfiguration.class))
			.withUserConfiguration(Beans.class)
			.withPropertyValues(TestApplication.properties(this.directory.resolve("home")))
			.withPropertyValues("telemetry.http.endpoint=" + receiver.address() + "/events",
					"telemetry.compression=none", "telemetry.batch-size=100", "telemetry.file.enabled=false",
					"telemetry.batch-timeout=50ms", "telemetry.shutdown-timeout=0s");
	}

	private static TelemetrySdk grantAndRecord(ApplicationContext context, HangingReceiver receiver)
			throws InterruptedException {
		TelemetrySdk sdk = context.getBean(TelemetrySdk.class);
		context.getBean(ConsentGate.class).enable(ConsentScope.EXPORT, null, "command");
		for (int i = 0; i < EVENTS; i++) {
			sdk.context().record("order.placed", Map.of("items", i));
		}
		receiver.awaitRequest();
		Patience.await("the local sink to hang", context.getBean(HangingLocalSink.class).hangs);
		return sdk;
	}

	private static void awaitSpilled(TelemetryMeters meters) {
		Patience.until("everything to be spilled", () -> meters.pending("http") == 0);
	}

	private static void assertUp(ApplicationContext context, String state) {
		Health health = context.getBean(TelemetryHealthIndicator.class).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("state", state);
	}

	private static TelemetryMeters meters(ApplicationContext context) {
		return new TelemetryMeters(context.getBean(MeterRegistry.class));
	}

	private Path spill() {
		return this.directory.resolve("home").resolve("spill");
	}

	static long bytesIn(Path directory) throws IOException {
		long bytes = 0;
		for (Path file : batches(directory)) {
			bytes += Files.size(file);
		}
		return bytes;
	}

	static long idsIn(Path directory) throws IOException {
		StringBuilder text = new StringBuilder();
		for (Path file : batches(directory)) {
			text.append(Files.readString(file));
		}
		return EventIdsIn.distinct(text.toString()).size();
	}

	private static List<Path> batches(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".batch")).toList();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		HangingLocalSink hangingLocalSink() {
			return new HangingLocalSink();
		}

	}

	static final class HangingLocalSink implements TelemetrySink, LocalStore {

		final CountDownLatch hangs = new CountDownLatch(1);

		final CountDownLatch free = new CountDownLatch(1);

		@Override
		public void emit(Event event) {
			try {
				this.hangs.countDown();
				Patience.await("the local sink to be let go", this.free);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void erase() {
		}

		@Override
		public void eraseBefore(Instant limit) {
		}

		@Override
		public void abort() {
			this.free.countDown();
		}

	}

}
