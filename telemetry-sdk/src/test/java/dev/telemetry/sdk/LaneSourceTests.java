package dev.telemetry.sdk;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link dev.telemetry.sdk.LaneSource}: sinks that cannot be made. */
class LaneSourceTests {

	@Test
	void openWhenFactoriesFailTellsNoMessageAndUsesTheOtherSinks() {
		Problems problems = new Problems();
		TelemetrySdkBuilder builder = TelemetrySdk.builder()
			.problems(problems)
			.sink(new LocalFactory("throws", new IllegalArgumentException("invalid header value: SECRET-9f3")))
			.sink(new LocalFactory("none", null));
		try (RecordingFixture fixture = new RecordingFixture(builder).open()) {
			fixture.context.context().record("a");
			assertThat(fixture.events()).extracting(Event::name).containsExactly("a");
			assertThat(problems.list()).hasSize(2).noneMatch((problem) -> problem.toString().contains("SECRET"));
			assertThat(problems.list().get(0).problem()).contains("IllegalArgumentException",
					LaneSourceTests.class.getName());
		}
	}

	@Test
	void causeOfAFailureIsToldWithAnActionAndWithoutItsMessage() {
		TelemetrySinkFactory factory = new LocalFactory("a", null);
		SinkFailure thread = SinkFailure.of(factory,
				new CompletionException(new OutOfMemoryError("unable to create native thread: SECRET-9f3")));
		assertThat(thread.cause()).contains("no further thread");
		assertThat(thread.action()).contains("ulimit -u");
		SinkFailure code = SinkFailure.of(factory, new NoClassDefFoundError("com/example/Client"));
		assertThat(code.cause()).endsWith(": com.example.Client");
		assertThat(code.action()).startsWith("add the library");
		SinkFailure wrapped = SinkFailure.of(factory,
				new CompletionException(new IllegalStateException("token=SECRET-9f3")));
		assertThat(wrapped.cause()).contains("IllegalStateException").doesNotContain("SECRET", "CompletionException");
		SinkFailure own = SinkFailure.of(factory,
				new TelemetryException(TelemetryException.Kind.OTLP, "it is too old", false, null)
					.withAction("raise it"));
		assertThat(own).isEqualTo(new SinkFailure("it is too old", "raise it"));
	}

	@Test
	void retryWhenTheSinkCanBeCreatedCollectsAgainInTheSameSession() {
		AtomicBoolean broken = new AtomicBoolean(true);
		MemorySink memory = new MemorySink();
		Problems problems = new Problems();
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		try (TelemetrySdk context = TelemetrySdk.builder()
			.tool("demo")
			.gate(gate)
			.problems(problems)
			.sink(new SwitchedFactory(memory, broken, true))
			.build()) {
			gate.enable(ConsentScope.EXPORT, null, "command");
			assertThat(context.context().isCollecting()).isFalse();
			assertThat(gate.decision().state()).isEqualTo(ConsentState.GRANTED);
			assertThat(gate.decision().scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(gate.decision().cap()).contains("'switched'");
			gate.refresh();
			assertThat(problems.list()).hasSize(1);
			broken.set(false);
			gate.refresh();
			assertThat(gate.decision().scope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(gate.decision().cap()).isNull();
			assertThat(problems.list()).isEmpty();
			context.context().record("a");
			assertThat(context.flush(Duration.ofSeconds(30))).isTrue();
			assertThat(memory.events()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void openWithoutAThreadLeavesNothingHalfDoneAndRetries(int threads) throws InterruptedException {
		MemorySink memory = new MemorySink();
		Problems problems = new Problems();
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		AtomicInteger left = new AtomicInteger(threads);
		List<Thread> made = new CopyOnWriteArrayList<>();
		DeliveryRuntime system = DeliveryRuntime.system();
		try (TelemetrySdk context = TelemetrySdk.builder()
			.tool("demo")
			.gate(gate)
			.problems(problems)
			.sink(new SwitchedFactory(memory, new AtomicBoolean(), true))
			.runtime(new DeliveryRuntime(system.clock(), system.nanoTime(), system.random(), (task) -> {
				Thread thread = new ScarceThread(task, left);
				made.add(thread);
				return thread;
			}), new Sampler(() -> 0.5))
			.build()) {
			gate.enable(ConsentScope.EXPORT, null, "command");
			assertThat(context.context().isCollecting()).isFalse();
			assertThat(gate.decision().scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(problems.list()).singleElement()
				.satisfies((problem) -> assertThat(problem.action()).contains("ulimit -u"));
			for (Thread thread : made) {
				Patience.end(thread);
			}
			left.set(2);
			gate.refresh();
			assertThat(gate.decision().scope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(problems.list()).isEmpty();
			context.context().record("a");
			assertThat(context.flush(Duration.ofSeconds(30))).isTrue();
			assertThat(memory.events()).hasSize(1);
		}
	}

	/** A thread that the system starts only as long as it has some left. */
	private static final class ScarceThread extends Thread {

		private final AtomicInteger left;

		ScarceThread(Runnable task, AtomicInteger left) {
			super(task);
			this.left = left;
		}

		@Override
		public synchronized void start() {
			if (this.left.getAndDecrement() <= 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			super.start();
		}

	}

	private record SwitchedFactory(TelemetrySink sink, AtomicBoolean broken,
			boolean remote) implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "switched";
		}

		@Override
		public String target() {
			return "nowhere";
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			if (this.broken.get()) {
				throw new IllegalStateException("token=SECRET-9f3");
			}
			return this.sink;
		}

	}

	private record LocalFactory(String name, RuntimeException failure) implements TelemetrySinkFactory {

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
			if (this.failure != null) {
				throw this.failure;
			}
			return null;
		}

	}

}
