package dev.telemetry.consent.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ScriptedConsentStore;
import dev.telemetry.sdk.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests for {@link ConsentGate}: a no reaches everything, whoever said it and when. */
class ConsentGateWithdrawalTests {

	@Test
	void refreshWhenNoIsRecordedAtStartErasesWhatWaitsOnce() throws Exception {
		ScriptedConsentStore store = new ScriptedConsentStore(new ArrayList<>());
		store.write(Inputs.no(true));
		List<String> happened = new ArrayList<>();
		ConsentGate gate = ConsentGate.builder(store).build();
		gate.addListener(new RecordingListener(happened));
		gate.refresh();
		gate.refresh();
		assertThat(happened).containsExactly("withdrawn");
	}

	@Test
	void refreshWhenNothingOrAYesIsRecordedErasesNothing() throws Exception {
		GateFixture fixture = new GateFixture();
		fixture.gate.refresh();
		assertThat(fixture.happened).isEmpty();
		fixture.store.write(Inputs.yes(ConsentScope.EXPORT));
		fixture.gate.refresh();
		assertThat(fixture.happened).doesNotContain("withdrawn");
	}

	@Test
	void refreshWhenAnotherProcessSaysNoBehindAVetoErasesWhatWaits() throws Exception {
		GateFixture fixture = GateFixture.open();
		fixture.inputs.add(Inputs.variable(3, "DO_NOT_TRACK", "1"));
		fixture.gate.refresh();
		assertThat(fixture.happened).as("a veto keeps what waits").doesNotContain("withdrawn");
		fixture.store.write(Inputs.no(true));
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.VETOED);
		assertThat(fixture.happened).containsOnlyOnce("withdrawn");
	}

	@Test
	void resetKeepsEverybodyOutUntilEverythingIsForgotten() throws Exception {
		GateFixture fixture = GateFixture.open();
		AtomicReference<@Nullable Thread> other = new AtomicReference<>();
		List<String> order = fixture.happened;
		fixture.gate.reset("actuator", () -> {
			Thread thread = new Thread(() -> {
				fixture.enable();
				order.add("enabled again");
			});
			other.set(thread);
			thread.start();
			Patience.until("the other command waits", () -> thread.getState() == Thread.State.WAITING);
			order.add("erased");
		});
		Patience.end(other.get());
		assertThat(order).containsSubsequence("write no", "receipt", "erased", "receipt", "write yes", "enabled again");
	}

	@Test
	void closeWhenNoIsUnwrittenTriesOnceMore() {
		GateFixture fixture = GateFixture.open();
		fixture.store.writeFails = true;
		fixture.disable();
		fixture.store.writeFails = false;
		fixture.gate.close();
		assertThat(fixture.store.record().granted()).isFalse();
	}

	@Test
	void enableWhenVetoedMeanwhileEndsTheOpenSession() {
		GateFixture fixture = GateFixture.open();
		fixture.inputs.add(Inputs.variable(3, "DO_NOT_TRACK", "1"));
		ConsentAnswer answer = fixture.enable();
		assertThat(answer.outcome()).isEqualTo(Outcome.VETOED);
		assertThat(answer.decision().state()).isEqualTo(ConsentState.VETOED);
		assertThat(fixture.gate.session()).isNull();
	}

	@Test
	void enableWhenNarrowerYesCannotBeWrittenNarrowsThisProcessAllTheSame() {
		GateFixture fixture = GateFixture.open();
		fixture.store.writeFails = true;
		ConsentAnswer answer = fixture.gate.enable(ConsentScope.LOCAL, null, "actuator");
		assertThat(answer.outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(fixture.session().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(fixture.gate.refresh().cap()).contains("could not be written");
		fixture.store.writeFails = false;
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.session().scope()).isEqualTo(ConsentScope.EXPORT);
	}

	@Test
	void checkRecordWhenYesHasBecomeTooOldEndsTheSession() {
		ScriptedConsentStore store = new ScriptedConsentStore(new ArrayList<>());
		Instant[] now = { Inputs.NOW };
		long[] nanos = { 0 };
		ConsentGate gate = ConsentGate.builder(store).clocks(() -> now[0], () -> nanos[0]).build();
		gate.enable(ConsentScope.EXPORT, null, "actuator");
		now[0] = Inputs.NOW.plus(Duration.ofDays(395));
		nanos[0] += Duration.ofSeconds(1).toNanos();
		gate.checkRecord();
		assertThat(gate.session()).as("on the last day").isNotNull();
		now[0] = now[0].plusSeconds(1);
		nanos[0] += Duration.ofSeconds(1).toNanos();
		gate.checkRecord();
		assertThat(gate.session()).isNull();
		assertThat(gate.decision().state()).isEqualTo(ConsentState.STALE);
	}

	@Test
	void refreshWhenWhatTheApplicationSuppliedThrowsIsClosedAndDoesNotThrow() {
		List<ConsentSource> sources = Arrays.asList(() -> null);
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).sources(sources).build();
		assertThat(gate.refresh().state()).as("a source without an answer").isEqualTo(ConsentState.VETOED);
		GateFixture fixture = GateFixture.open();
		fixture.store.readFails = true;
		assertThat(fixture.gate.refresh().state()).as("a store that throws").isEqualTo(ConsentState.FAULT);
		assertThat(fixture.gate.session()).isNull();
		assertThatNoException().isThrownBy(fixture::disable);
		ConsentGate uncapped = ConsentGate.builder(ConsentStore.memory()).cap(() -> {
			throw new IllegalStateException("broken");
		}).build();
		assertThat(uncapped.enable(ConsentScope.EXPORT, null, "actuator").decision().scope()).as("a cap that throws")
			.isEqualTo(ConsentScope.LOCAL);
	}

}
