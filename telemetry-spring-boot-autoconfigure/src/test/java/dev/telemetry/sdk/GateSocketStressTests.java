package dev.telemetry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that record, one that flushes and one that says yes and no some hundred times,
 * against a receiver on a real socket: no request begins after its session's no was
 * answered. The same harness must find out each gate that is known to be wrong.
 */
@Tag("F-26")
class GateSocketStressTests {

	private static final LoggingSystem LOGGING = LoggingSystem.get(GateSocketStressTests.class.getClassLoader());

	private static final int RECORDERS = 4;

	private static final int ROUNDS = 300;

	private static final int MAX_PLANTED_RUNS = 20;

	/** So that the no comes at any moment of a request's life. */
	private static final int MAX_YIELDS = 60;

	private final long seed = System.nanoTime();

	private final SplittableRandom random = new SplittableRandom(this.seed);

	/** Each yes and no is logged, and each full buffer: thousands of lines. */
	@BeforeAll
	static void quieten() {
		LOGGING.setLogLevel("dev.telemetry", LogLevel.ERROR);
	}

	@AfterAll
	static void restore() {
		LOGGING.setLogLevel("dev.telemetry", null);
	}

	@Test
	void disableWhenManyRecordAndSendLetsNoRequestBeginAfterwards() throws Exception {
		Result result = run(GateSocketStressTests::ours);
		System.out.println("Gate over a socket: " + result + " seed=" + this.seed);
		assertThat(result.requests()).as("requests were sent").isGreaterThan(ROUNDS / 2);
		assertThat(result.violations()).isZero();
	}

	@ParameterizedTest
	@EnumSource(value = PlantedContext.Gate.class, names = "KEEPING", mode = EnumSource.Mode.EXCLUDE)
	void harnessWhenGateIsPlantedSeesIt(PlantedContext.Gate kind) throws Exception {
		long violations = 0;
		int runs = 0;
		while (violations == 0 && runs < MAX_PLANTED_RUNS) {
			Result result = run((world) -> planted(world, kind));
			violations = result.violations();
			runs++;
			System.out.println("Planted gate " + kind + " over a socket: " + result);
		}
		assertThat(violations).as("a harness that does not see this race is blind").isPositive();
	}

	private static TelemetrySdk ours(CommandEnvironment world) {
		return TelemetrySdk.builder().tool("demo-app").gate(world.gate()).sink(world.sink()).build();
	}

	private static TelemetrySdk planted(CommandEnvironment world, PlantedContext.Gate kind) {
		return new PlantedContext(world.gate(), List.of(world.sink()), DeliveryRuntime.system(), kind);
	}

	private Result run(Function<CommandEnvironment, TelemetrySdk> subject) throws Exception {
		AtomicLong numbers = new AtomicLong();
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).closeWait(Installation.PATIENCE).build();
		try (StampingReceiver receiver = new StampingReceiver(numbers)) {
			TelemetrySinkFactory sink = new OtlpSinkFactory(OtlpSettings.of(receiver.uri(), OtlpSignal.LOGS,
					new OtlpResource("demo-app", null, "1.0.0", null, null, null, null)), TlsSource.JAVA);
			try (TelemetrySdk context = subject.apply(new CommandEnvironment(gate, sink))) {
				return new Harness(context, receiver, numbers, this.random).run();
			}
		}
	}

	/** What a subject is built on. */
	private record CommandEnvironment(ConsentGate gate, TelemetrySinkFactory sink) {

	}

	/** What the harness saw. */
	private record Result(int rounds, int requests, long violations) {

	}

	/** Many that record, one that flushes, one that says yes and no. */
	private static final class Harness {

		private final TelemetrySdk context;

		private final StampingReceiver receiver;

		private final AtomicLong numbers;

		private final SplittableRandom random;

		private final AtomicBoolean done = new AtomicBoolean();

		/** For each session the number of the moment its no was answered. */
		private final Map<String, Long> answered = new ConcurrentHashMap<>();

		Harness(TelemetrySdk context, StampingReceiver receiver, AtomicLong numbers, SplittableRandom random) {
			this.context = context;
			this.receiver = receiver;
			this.numbers = numbers;
			this.random = random;
		}

		Result run() throws InterruptedException {
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < RECORDERS; i++) {
				threads.add(start(() -> this.context.context().record("order.placed")));
			}
			threads.add(start(() -> this.context.flush(Duration.ZERO)));
			for (int i = 0; i < ROUNDS; i++) {
				toggle();
			}
			this.done.set(true);
			for (Thread thread : threads) {
				thread.join(TimeUnit.SECONDS.toMillis(30));
				assertThat(thread.isAlive()).isFalse();
			}
			return new Result(ROUNDS, this.receiver.requests().size(), violations());
		}

		private Thread start(Runnable step) {
			Thread thread = new Thread(() -> {
				while (!this.done.get()) {
					step.run();
					Thread.yield();
				}
			});
			thread.setDaemon(true);
			thread.start();
			return thread;
		}

		private void toggle() {
			long begun = this.receiver.begun();
			ConsentGate gate = this.context.gate();
			gate.enable(ConsentScope.EXPORT, null, "command");
			String session = gate.session().id();
			Patience.until("a request begins", () -> this.receiver.begun() != begun);
			for (int i = this.random.nextInt(MAX_YIELDS); i > 0; i--) {
				Thread.yield();
			}
			gate.disable("command");
			this.answered.put(session, this.numbers.incrementAndGet());
		}

		private long violations() {
			return this.receiver.requests().stream().filter(this::beganTooLate).count();
		}

		/** Each event must have left before the no of its own session was answered. */
		private boolean beganTooLate(StampingReceiver.Request request) {
			return request.sessions()
				.stream()
				.anyMatch((session) -> request.number() > this.answered.getOrDefault(session, Long.MIN_VALUE));
		}

	}

}
