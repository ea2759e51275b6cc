package dev.telemetry.consent.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real threads at {@link ConsentGate}: after a no was answered nothing is inside, and
 * nothing enters what was closed. The same harness must find a gate that only checks a
 * flag out.
 */
class ConsentGateConcurrencyTests {

	private static final int WORKERS = 8;

	private static final int ROUNDS = 500;

	private static final int MAX_RACY_RUNS = 50;

	@Test
	void disableWhenWorkersEnterAllTheTimeLeavesNothingInside() throws Exception {
		Result result = new Harness(new RealGate()).run(ROUNDS);
		System.out.println("Consent gate: " + result);
		assertThat(result.violations()).isZero();
		assertThat(result.entries()).as("the workers were inside").isPositive();
		assertThat(result.refusals()).as("the workers met a closed gate").isPositive();
	}

	@Test
	void harnessWhenGateIsRacySeesIt() throws Exception {
		long violations = 0;
		for (int i = 0; i < MAX_RACY_RUNS && violations == 0; i++) {
			violations = new Harness(new RacyGate()).run(ROUNDS).violations();
		}
		assertThat(violations).as("a harness that does not see this race is blind").isPositive();
	}

	@Test
	void enterWhenSessionsComeAndGoNeverSucceedsOnEndedOne() throws Exception {
		ConsentGate gate = gate();
		List<ConsentSession> ended = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			gate.enable(ConsentScope.LOCAL, null, "command");
			ended.add(gate.session());
			gate.disable("command");
		}
		gate.enable(ConsentScope.LOCAL, null, "command");
		AtomicInteger entered = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < WORKERS; i++) {
			threads.add(new Thread(() -> ended.stream()
				.filter(ConsentSession::enter)
				.forEach((session) -> entered.incrementAndGet())));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(entered).hasValue(0);
		assertThat(gate.session()).as("the last one is open").isNotNull();
	}

	private static ConsentGate gate() {
		return ConsentGate.builder(ConsentStore.memory()).build();
	}

	/** What the harness needs of a gate. */
	private interface Gate {

		void open();

		/** Return the current pass, or {@code null} while closed. */
		@Nullable Pass pass();

		void close();

	}

	/** The right to be inside. */
	private interface Pass {

		boolean enter();

		void exit();

	}

	private static final class RealGate implements Gate {

		private final ConsentGate gate = gate();

		@Override
		public void open() {
			this.gate.enable(ConsentScope.LOCAL, null, "command");
		}

		@Override
		public @Nullable Pass pass() {
			ConsentSession session = this.gate.session();
			return (session == null) ? null : new Pass() {

				@Override
				public boolean enter() {
					return session.enter();
				}

				@Override
				public void exit() {
					session.exit();
				}

			};
		}

		@Override
		public void close() {
			this.gate.disable("command");
		}

	}

	/** Check, then act. */
	private static final class RacyGate implements Gate, Pass {

		private volatile boolean open;

		@Override
		public void open() {
			this.open = true;
		}

		@Override
		public @Nullable Pass pass() {
			return this.open ? this : null;
		}

		@Override
		public void close() {
			this.open = false;
		}

		@Override
		public boolean enter() {
			return this.open;
		}

		@Override
		public void exit() {
		}

	}

	/** Workers that go in and out, and one thread that opens and closes. */
	private static final class Harness {

		private final Gate gate;

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicLong entries = new AtomicLong();

		private final AtomicLong refusals = new AtomicLong();

		private final AtomicBoolean answered = new AtomicBoolean();

		private final AtomicLong violations = new AtomicLong();

		private final AtomicBoolean done = new AtomicBoolean();

		Harness(Gate gate) {
			this.gate = gate;
		}

		Result run(int rounds) throws InterruptedException {
			CountDownLatch started = new CountDownLatch(WORKERS);
			List<Thread> workers = new ArrayList<>();
			for (int i = 0; i < WORKERS; i++) {
				Thread worker = new Thread(() -> work(started));
				worker.setDaemon(true);
				worker.start();
				workers.add(worker);
			}
			started.await(30, TimeUnit.SECONDS);
			for (int i = 0; i < rounds; i++) {
				toggle();
			}
			this.done.set(true);
			for (Thread worker : workers) {
				worker.join(TimeUnit.SECONDS.toMillis(30));
				assertThat(worker.isAlive()).isFalse();
			}
			return new Result(this.entries.get(), this.refusals.get(), this.violations.get());
		}

		private void toggle() {
			this.gate.open();
			Pass old = this.gate.pass();
			Thread.yield();
			this.gate.close();
			this.answered.set(true);
			Thread.yield();
			if (this.inside.get() != 0 || this.gate.pass() != null || (old != null && old.enter())) {
				this.violations.incrementAndGet();
			}
			this.answered.set(false);
		}

		private void work(CountDownLatch started) {
			started.countDown();
			while (!this.done.get()) {
				Pass pass = this.gate.pass();
				if (pass != null && pass.enter()) {
					beInside();
					pass.exit();
				}
				else {
					this.refusals.incrementAndGet();
					Thread.yield();
				}
			}
		}

		private void beInside() {
			this.inside.incrementAndGet();
			if (this.answered.get()) {
				this.violations.incrementAndGet();
			}
			Thread.yield();
			if (this.answered.get()) {
				this.violations.incrementAndGet();
			}
			this.entries.incrementAndGet();
			this.inside.decrementAndGet();
		}

	}

	/** What the harness saw. */
	private record Result(long entries, long refusals, long violations) {

	}

}
