package dev.telemetry.autoconfigure;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryOperation;
import dev.telemetry.TrackContext;
import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import io.reactivex.rxjava3.core.Single;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The first events of an application, recorded on threads that must not block, in every
 * way there is; BlockHound watches. In a process of its own, for BlockHound changes
 * classes of the JDK. Loading a class reads a file, which BlockHound allows everywhere.
 */
class BlockingCallTests {

	private static final List<String> WAYS = List.of("record", "event", "scope", "operation", "time", "tracker",
			"undeclared", "plain", "failure", "stage", "callable", "single", "mono", "flux");

	@TempDir
	private Path home;

	@Test
	@Timeout(120)
	void firstEventsOnThreadsThatMustNotBlockDoNotBlock() throws Exception {
		ProcessOutput output = new ProcessOutput("BlockHound",
				new ProcessBuilder(command(this.home)).redirectErrorStream(true).start());
		List<String> told = output.rest();
		assertThat(output.exit()).as(String.join("\n", told)).isZero();
		assertThat(told).as(String.join("\n", told))
			.anyMatch((line) -> line.startsWith("control: 0 events, blocked in java.io.FileInputStream#read"))
			.containsAll(WAYS.stream().map((way) -> way + ": 1 events, not blocked").toList());
	}

	private static List<String> command(Path home) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-XX:+AllowRedefinitionToAddDeleteMethods", "-XX:+EnableDynamicAgentLoading", "-cp",
				System.getProperty("java.class.path"), Child.class.getName(), home.toString());
	}

	/** The process. */
	static final class Child {

		private static final EventType SEEN = EventType.of("order.seen");

		private static final EventType LOST = EventType.of("order.lost");

		private static final List<Throwable> BLOCKED = new CopyOnWriteArrayList<>();

		private Child() {
		}

		public static void main(String[] arguments) {
			BlockHound.builder()
				.loadIntegrations()
				.blockingMethodCallback((method) -> BLOCKED.add(new Throwable(method.toString())))
				.install();
			TestApplication.runner(Path.of(arguments[0]))
				.withPropertyValues(TestApplication.YES, "telemetry.endpoint=http://127.0.0.1:9/v1/logs")
				.withBean(MemorySink.class)
				.withBean(Orders.class)
				.withBean(EventDefinition.class,
						() -> EventDefinition.builder("order.declared").property("items", PropertyType.NUMBER).build())
				.run((context) -> Stream.concat(Stream.of("control"), WAYS.stream())
					.forEach((way) -> watch(way, context)));
			System.exit(0);
		}

		/** Each on a thread of its own, and none of them has recorded anything before. */
		private static void watch(String way, ApplicationContext context) {
			BLOCKED.clear();
			MemorySink sink = context.getBean(MemorySink.class);
			int before = sink.events().size();
			TelemetrySdk telemetry = TestApplication.telemetry(context);
			Orders orders = context.getBean(Orders.class);
			Mono.fromRunnable(() -> record(way, telemetry, orders))
				.subscribeOn(Schedulers.newParallel(way, 1, true))
				.block(TestApplication.LONG);
			await(sink, before + (way.equals("control") ? 0 : 1), telemetry);
			BLOCKED.forEach((found) -> found.printStackTrace(System.out));
			System.out.println(way + ": " + (sink.events().size() - before) + " events, "
					+ (BLOCKED.isEmpty() ? "not blocked" : "blocked in " + BLOCKED.get(0).getMessage()));
		}

		/** The other sink is never done: nobody listens there. */
		private static void await(MemorySink sink, int events, TelemetrySdk telemetry) {
			long end = System.nanoTime() + TestApplication.LONG.toNanos();
			while (sink.events().size() < events && System.nanoTime() < end) {
				telemetry.flush(Duration.ofMillis(20));
			}
		}

		private static void record(String way, TelemetrySdk telemetry, Orders orders) {
			switch (way) {
				case "control" -> block();
				case "record" -> telemetry.context().record("order.seen", Map.of("items", 2, "note", "a@example.com"));
				case "event" -> telemetry.context().event(SEEN).attribute("items", 2).record();
				case "scope" -> telemetry.context().start(SEEN).failed(new IllegalStateException()).close();
				case "operation" -> TelemetryOperation.builder(SEEN, LOST)
					.build()
					.call(telemetry.context(), "input", (input) -> "output");
				case "time" -> telemetry.context().time(SEEN, (scope) -> scope.attribute("items", 2));
				case "tracker" ->
					telemetry.tracker().track("order.declared", "1.0.0", Map.of("items", 2), TrackContext.NONE);
				case "undeclared" -> telemetry.context().record("order.unknown");
				case "plain" -> orders.plain(2);
				case "failure" -> assertThat(catchThrowable(orders::failure)).isNotNull();
				case "stage" -> orders.stage();
				case "callable" -> call(orders.callable());
				case "single" -> orders.single().subscribe();
				case "mono" -> orders.mono().subscribe();
				case "flux" -> orders.flux().subscribe();
				default -> throw new IllegalArgumentException(way);
			}
		}

		private static void block() {
			try (InputStream file = new FileInputStream("/proc/self/status")) {
				file.read();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void call(Callable<String> task) {
			try {
				task.call();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	@TelemetryEvent("order")
	static class Orders {

		public int plain(@TelemetryAttribute("items") int items) {
			return items;
		}

		public void failure() {
			throw new IllegalStateException();
		}

		public CompletableFuture<String> stage() {
			return CompletableFuture.completedFuture("a");
		}

		public Callable<String> callable() {
			return () -> "a";
		}

		public Single<String> single() {
			return Single.just("a");
		}

		public Mono<String> mono() {
			return Mono.just("a");
		}

		public Flux<String> flux() {
			return Flux.just("a", "b");
		}

	}

}
