package dev.telemetry.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.consent.ConsentAnswer.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ConsentGate} where disks, listeners and workers do not behave. */
class ConsentGateFailureTests {

	@Test
	void disableWhenNoCannotBeWrittenClosesAllTheSameAndIsRetried() {
		GateFixture fixture = GateFixture.open();
		fixture.store.writeFails = true;
		ConsentAnswer answer = fixture.disable();
		assertThat(answer.outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(answer.reason()).isEqualTo("the no could not be written: the disk is full");
		assertThat(fixture.store.record().granted()).as("the yes is still on the disk").isTrue();
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.WITHDRAWN);
		assertThat(fixture.gate.session()).isNull();
		fixture.store.writeFails = false;
		fixture.gate.refresh();
		assertThat(fixture.store.record().granted()).isFalse();
		assertThat(fixture.store.record().grantedBefore()).isTrue();
		fixture.happened.clear();
		fixture.gate.refresh();
		assertThat(fixture.happened).as("written once").isEmpty();
	}

	@Test
	void refreshWhenNoIsRetriedKeepsTheTimeItWasSaid() {
		ScriptedConsentStore store = new GateFixture().store;
		Instant[] now = { Inputs.NOW };
		ConsentGate gate = ConsentGate.builder(store).clocks(() -> now[0], () -> 0L).build();
		store.writeFails = true;
		gate.disable("command");
		store.writeFails = false;
		now[0] = Inputs.NOW.plus(Duration.ofDays(1));
		gate.refresh();
		assertThat(store.record().asOf()).isEqualTo(Inputs.NOW);
	}

	@Test
	void enableWhenNoIsUnwrittenTakesItsPlace() {
		GateFixture fixture = GateFixture.open();
		fixture.store.writeFails = true;
		fixture.disable();
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(fixture.gate.session()).isNull();
		fixture.store.writeFails = false;
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void refreshWhenAnotherProcessWroteTheNoForgetsItsOwn() throws Exception {
		GateFixture fixture = GateFixture.open();
		fixture.store.writeFails = true;
		fixture.disable();
		fixture.store.writeFails = false;
		fixture.store.write(Inputs.no(true));
		fixture.gate.refresh();
		fixture.store.write(Inputs.yes(ConsentScope.LOCAL));
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(fixture.store.record().granted()).as("not overwritten").isTrue();
	}

	@Test
	void disableWhenReceiptCannotBeWrittenSaysThatTheNoStands() {
		GateFixture fixture = GateFixture.open();
		fixture.store.receiptFails = true;
		assertThat(fixture.disable().reason())
			.isEqualTo("the no stands, but its receipt could not be written: the disk is full");
		assertThat(fixture.store.record().granted()).isFalse();
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.WITHDRAWN);
		fixture.store.receiptFails = false;
		fixture.enable();
		assertThat(fixture.store.receipts).extracting(ConsentRecord::granted).containsExactly(true, false, true);
	}

	@Test
	void disableWhenThereIsNoHomeClosesThisProcess() {
		ConsentGate gate = ConsentGate.builder(ConsentStore.none("set telemetry.home"))
			.sources(List.of(() -> List.of(Inputs.enabled("true"))))
			.build();
		assertThat(gate.refresh().scope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(gate.disable("actuator").outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(gate.refresh().scope()).isEqualTo(ConsentScope.NONE);
		assertThat(gate.session()).isNull();
	}

	@Test
	void disableWhenSomethingStaysInsideAbortsItAndSaysHowMany() {
		GateFixture fixture = GateFixture.open();
		ConsentSession session = fixture.session();
		assertThat(session.enter()).isTrue();
		fixture.gate.addListener(new ConsentListener() {

			@Override
			public int abort(ConsentSession ending) {
				fixture.happened.add("abort");
				ending.exit();
				return 2;
			}

		});
		ConsentAnswer answer = fixture.disable();
		assertThat(answer.aborted()).isEqualTo(2);
		assertThat(fixture.happened).containsExactly("closing", "abort", "write no", "closed", "withdrawn", "receipt");
	}

	@Test
	void disableWhenNothingCanBeAbortedStillRecordsTheNo() {
		GateFixture fixture = GateFixture.open();
		fixture.session().enter();
		ConsentAnswer answer = fixture.disable();
		assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.store.record().granted()).isFalse();
	}

	@Test
	void commandsWhenListenersFailDoTheirWork() {
		GateFixture fixture = GateFixture.open();
		fixture.gate.addListener(new FailingListener());
		fixture.session().enter();
		assertThat(fixture.disable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.store.record().granted()).isFalse();
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.gate.session()).isNotNull();
		fixture.happened.clear();
		RecordingListener after = new RecordingListener(fixture.happened);
		fixture.gate.addListener(after);
		assertThat(fixture.happened).containsExactly("opened");
	}

	@Test
	void addListenerWhenOpenAnnouncesTheSession() {
		GateFixture fixture = GateFixture.open();
		RecordingListener late = new RecordingListener(fixture.happened);
		fixture.gate.addListener(late);
		assertThat(late.opened).containsExactly(fixture.session());
		fixture.disable();
		RecordingListener later = new RecordingListener(fixture.happened);
		fixture.gate.addListener(later);
		assertThat(later.opened).isEmpty();
	}

	@Test
	void disableWhenInterruptedWaitsAndKeepsTheInterrupt() throws Exception {
		GateFixture fixture = GateFixture.open();
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread caller = new Thread(() -> {
			Thread.currentThread().interrupt();
			fixture.disable();
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		caller.join(10_000);
		assertThat(interrupted).isTrue();
		assertThat(fixture.store.record().granted()).isFalse();
	}

	/** Fails wherever it can. */
	private static final class FailingListener implements ConsentListener {

		@Override
		public void opened(ConsentSession session) {
			throw new IllegalStateException("opened");
		}

		@Override
		public void closing(ConsentSession session) {
			throw new IllegalStateException("closing");
		}

		@Override
		public int abort(ConsentSession session) {
			throw new IllegalStateException("abort");
		}

		@Override
		public void closed(ConsentSession session) {
			throw new LinkageError("closed");
		}

		@Override
		public void withdrawn() {
			throw new IllegalStateException("withdrawn");
		}

	}

}
