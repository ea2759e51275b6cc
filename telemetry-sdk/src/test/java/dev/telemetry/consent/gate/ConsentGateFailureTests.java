package dev.telemetry.consent.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentReceipt.Kind;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ScriptedConsentStore;
import dev.telemetry.problem.Problem;
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
		assertThat(answer.reason()).isEqualTo("the denial could not be written: the disk is full");
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
			.isEqualTo("the denial is in force, but its receipt could not be written: the disk is full");
		assertThat(fixture.store.record().granted()).isFalse();
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.WITHDRAWN);
		fixture.store.receiptFails = false;
		fixture.enable();
		assertThat(fixture.store.receipts).extracting(ConsentReceipt::kind)
			.containsExactly(Kind.GRANTED, Kind.WITHDRAWN, Kind.GRANTED);
	}

	@Test
	void enableWhenRecordCannotBeWrittenLeavesAReceiptThatItFailed() {
		GateFixture fixture = new GateFixture();
		fixture.store.writeFails = true;
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(fixture.store.receipts).extracting(ConsentReceipt::kind).containsExactly(Kind.GRANTED, Kind.FAILED);
		assertThat(fixture.store.receipts.get(1).scope()).isEqualTo(ConsentScope.EXPORT);
		fixture.store.writeFails = false;
		fixture.enable();
		assertThat(fixture.store.receipts).extracting(ConsentReceipt::kind)
			.containsExactly(Kind.GRANTED, Kind.FAILED, Kind.GRANTED);
	}

	@Test
	void enableWhenReceiptCannotBeWrittenLeavesNone() {
		GateFixture fixture = new GateFixture();
		fixture.store.receiptFails = true;
		fixture.enable();
		fixture.store.receiptFails = false;
		fixture.gate.refresh();
		assertThat(fixture.store.receipts).isEmpty();
	}

	@Test
	void resetLeavesAReceiptOfItsOwn() {
		GateFixture fixture = GateFixture.open();
		fixture.gate.reset("command", () -> fixture.happened.add("forgotten"));
		assertThat(fixture.happened).containsExactly("closing", "write no", "closed", "withdrawn", "receipt",
				"forgotten", "receipt");
		fixture.gate.reset("actuator", () -> {
		});
		assertThat(fixture.store.receipts).extracting(ConsentReceipt::kind)
			.containsExactly(Kind.GRANTED, Kind.WITHDRAWN, Kind.RESET, Kind.RESET);
		assertThat(fixture.store.receipts.get(3).channel()).isEqualTo("actuator");
	}

	@Test
	void resetWhenReceiptCannotBeWrittenSaysSoAndWritesItLater() {
		GateFixture fixture = GateFixture.open();
		fixture.store.receiptFails = true;
		assertThat(fixture.gate.reset("command", () -> {
		}).outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		fixture.store.receiptFails = false;
		fixture.gate.refresh();
		assertThat(fixture.store.receipts).extracting(ConsentReceipt::kind)
			.containsExactly(Kind.GRANTED, Kind.WITHDRAWN, Kind.RESET);
	}

	@Test
	void refreshWhenTheClockIsBeforeTheBuildJudgesNoAgeAndSaysSo() {
		GateFixture fixture = GateFixture.open();
		fixture.now = Instant.EPOCH;
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(fixture.problems.list()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("clock");
			assertThat(problem.problem()).contains(fixture.built.toString(), "age of consent is not judged");
			assertThat(problem.action()).isEqualTo("set the clock of this machine");
		});
		fixture.now = Inputs.NOW.minus(Duration.ofDays(2));
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.STALE);
		assertThat(fixture.problems.list()).isEmpty();
		assertThat(fixture.gate.session()).isNull();
	}

	@Test
	void enableWhenTheClockIsBeforeTheBuildDatesItLater() {
		GateFixture fixture = new GateFixture();
		fixture.now = Instant.EPOCH;
		fixture.enable();
		assertThat(fixture.store.record().asOf()).isEqualTo(fixture.built);
		fixture.now = Inputs.NOW;
		assertThat(fixture.gate.refresh().state()).as("when the clock is set").isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void refreshWhenRecordCannotBeTrustedIsAProblemUntilItCan() {
		GateFixture fixture = new GateFixture();
		fixture.store.found = Found.fault("its checksum does not match");
		fixture.gate.refresh();
		assertThat(fixture.problems.list()).singleElement()
			.asString()
			.contains("its checksum does not match", "disable");
		fixture.store.found = Found.fault("it belongs to user 1001", "run as user 1001");
		fixture.gate.refresh();
		assertThat(fixture.problems.list()).singleElement().asString().contains("run as user 1001");
		fixture.disable();
		assertThat(fixture.problems.list()).isEmpty();
	}

	@Test
	void refreshWhenReceiptsAreBrokenIsAProblemUntilTheyAreNot() {
		GateFixture fixture = new GateFixture();
		fixture.store.receiptsProblem = new Problem("receipts", null, "the chain is broken", "compare it");
		fixture.gate.refresh();
		assertThat(fixture.problems.list()).as("nothing is looked at without a record").isEmpty();
		fixture.enable();
		fixture.gate.follow();
		assertThat(fixture.problems.list()).as("nobody asked for status").isEmpty();
		fixture.gate.refresh();
		assertThat(fixture.problems.list()).containsExactly(fixture.store.receiptsProblem);
		fixture.store.receiptsProblem = null;
		fixture.gate.refresh();
		assertThat(fixture.problems.list()).isEmpty();
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
