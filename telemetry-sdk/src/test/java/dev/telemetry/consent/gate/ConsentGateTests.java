package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.List;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.NoticeHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for the commands of {@link ConsentGate}. */
class ConsentGateTests {

	@Test
	void refreshWhenNobodySaidAnythingWritesNothing() {
		GateFixture fixture = new GateFixture();
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(fixture.gate.session()).isNull();
		assertThat(fixture.happened).isEmpty();
	}

	@Test
	void enableRecordsBeforeItOpens() {
		GateFixture fixture = new GateFixture();
		ConsentAnswer answer = fixture.enable();
		assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
		assertThat(answer.decision().state()).isEqualTo(ConsentState.GRANTED);
		assertThat(fixture.happened).containsExactly("keep notice", "receipt", "write yes", "opened");
		ConsentRecord record = fixture.store.record();
		assertThat(fixture.session().grantId()).isEqualTo(record.grantId()).matches("[0-9a-f]{32}");
		assertThat(record.notice()).isEqualTo(Inputs.NOTICE);
		assertThat(record.asOf()).isEqualTo(Inputs.NOW);
		assertThat(fixture.session().channel()).isEqualTo("actuator");
	}

	@Test
	void enableWhenEnabledChangesNothing() {
		GateFixture fixture = GateFixture.open();
		ConsentSession session = fixture.session();
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.UNCHANGED);
		fixture.cap = ConsentCap.of("telemetry.local-only is true");
		assertThat(fixture.gate.refresh().scope()).isEqualTo(ConsentScope.LOCAL);
		fixture.happened.clear();
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.UNCHANGED);
		assertThat(fixture.happened).isEmpty();
		assertThat(fixture.session()).isSameAs(session);
	}

	@Test
	void enableWhenItReachesLessFarClosesFirstAndBeginsNewSession() {
		GateFixture fixture = GateFixture.open();
		ConsentSession before = fixture.session();
		ConsentAnswer answer = fixture.gate.enable(ConsentScope.LOCAL, null, "actuator");
		assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.happened).containsExactly("narrowing", "narrowed", "handing over", "closing", "closed",
				"keep notice", "receipt", "write yes", "withdrawn", "opened");
		assertThat(before.enter()).isFalse();
		assertThat(fixture.session().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(fixture.session().grantId()).isNotEqualTo(before.grantId());
		assertThat(fixture.session().id()).isNotEqualTo(before.id());
		assertThat(fixture.store.record().continues()).isNull();
	}

	@Test
	void enableWhenScopeIsNoneThrows() {
		GateFixture fixture = new GateFixture();
		assertThatIllegalArgumentException().isThrownBy(() -> fixture.gate.enable(ConsentScope.NONE, null, "actuator"))
			.withMessage("'scope' must be LOCAL or EXPORT");
	}

	@ParameterizedTest
	@CsvSource({ "1, telemetry.feature.enabled, false", "2, telemetry.enabled, false", "2, telemetry.enabled, perhaps",
			"3, DO_NOT_TRACK, 1", "4, OTEL_SDK_DISABLED, true", "5, TEST_MODE, true", "6, CI, true" })
	void enableWhenVetoedStoresNothing(int rule, String name, String value) {
		GateFixture fixture = new GateFixture();
		fixture.inputs.add(new ConsentInput(rule, name, value, "where " + name, false));
		ConsentAnswer answer = fixture.enable();
		assertThat(answer.outcome()).isEqualTo(Outcome.VETOED);
		assertThat(answer.reason()).contains(name);
		assertThat(answer.origin()).isEqualTo("where " + name);
		assertThat(fixture.happened).isEmpty();
		assertThat(fixture.gate.session()).isNull();
		fixture.inputs.clear();
		assertThat(fixture.gate.refresh().state()).as("no dormant grant").isEqualTo(ConsentState.UNDECIDED);
	}

	@Test
	void enableWhenSourceFailsIsVetoedAndOpenSessionEnds() {
		GateFixture fixture = GateFixture.open();
		fixture.inputs.add(null);
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.VETOED);
		assertThat(fixture.gate.session()).isNull();
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.VETOED);
		assertThat(fixture.disable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.store.record().granted()).isFalse();
	}

	@Test
	void enableWhenNoticeIsNotTodaysStoresNothing() {
		GateFixture fixture = new GateFixture();
		ConsentAnswer answer = fixture.gate.enable(ConsentScope.EXPORT, "sha256:old", "actuator");
		assertThat(answer.outcome()).isEqualTo(Outcome.NOTICE_MISMATCH);
		assertThat(answer.reason()).isEqualTo("today's notice is sha256:today");
		assertThat(fixture.happened).isEmpty();
		assertThat(fixture.gate.enable(ConsentScope.EXPORT, Inputs.NOTICE, "actuator").outcome())
			.isEqualTo(Outcome.DONE);
	}

	@Test
	void enableWhenNoticeMustBeNamedAndIsNotStoresNothing() {
		GateFixture fixture = new GateFixture();
		ConsentPolicy strict = new ConsentPolicy(Duration.ofDays(395), true, true, true, null, true);
		ConsentGate gate = ConsentGate.builder(fixture.store)
			.policy(strict)
			.notices(fixture.notices)
			.clocks(() -> Inputs.NOW, fixture.nanoTime::get)
			.build();
		ConsentAnswer answer = gate.enable(ConsentScope.EXPORT, null, "actuator");
		assertThat(answer.outcome()).isEqualTo(Outcome.NOTICE_MISMATCH);
		assertThat(answer.reason()).contains("GET /actuator/telemetry/notice", Inputs.NOTICE);
		assertThat(fixture.happened).isEmpty();
		assertThat(gate.enable(ConsentScope.EXPORT, Inputs.NOTICE, "actuator").outcome()).isEqualTo(Outcome.DONE);
	}

	@Test
	void enableWhenNoticeIsNotThereYetStoresNothing() {
		GateFixture fixture = new GateFixture();
		fixture.notice = null;
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.NOTICE_MISMATCH);
		assertThat(fixture.happened).isEmpty();
	}

	@Test
	void enableWhenNoticeCannotBeKeptRecordsNothing() {
		GateFixture fixture = new GateFixture();
		fixture.keepingFails = true;
		ConsentAnswer answer = fixture.enable();
		assertThat(answer.outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(fixture.happened).isEmpty();
		assertThat(fixture.gate.session()).isNull();
	}

	@Test
	void decisionWhenStaleShowsWhatWasGrantedAndBothNotices() {
		GateFixture fixture = GateFixture.open();
		fixture.notice = "sha256:tomorrow";
		ConsentDecision decision = fixture.gate.refresh();
		assertThat(decision.scope()).isEqualTo(ConsentScope.NONE);
		assertThat(decision.recordedScope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(decision.notice()).isEqualTo(new NoticeHashes("sha256:tomorrow", Inputs.NOTICE));
	}

	@Test
	void refreshWhenNoticeIsNotThereYetKeepsRecordedYesClosed() {
		GateFixture fixture = GateFixture.open();
		fixture.notice = null;
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.STALE);
		assertThat(fixture.gate.session()).isNull();
		fixture.notice = Inputs.NOTICE;
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void enableWhenNoticeHasChangedRenewsStaleYes() {
		GateFixture fixture = GateFixture.open();
		fixture.notice = "sha256:tomorrow";
		assertThat(fixture.gate.refresh().state()).isEqualTo(ConsentState.STALE);
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.store.record().notice()).isEqualTo("sha256:tomorrow");
	}

	@Test
	void enableWhenThereIsNoHomeIsRefused() {
		GateFixture fixture = new GateFixture();
		fixture.store.unusable = "set telemetry.home";
		ConsentAnswer answer = fixture.enable();
		assertThat(answer.outcome()).isEqualTo(Outcome.NO_HOME);
		assertThat(answer.reason()).isEqualTo("set telemetry.home");
		assertThat(fixture.happened).isEmpty();
	}

	@Test
	void enableWhenItCannotBeWrittenOpensNothing() {
		for (boolean receipt : new boolean[] { true, false }) {
			GateFixture fixture = new GateFixture();
			fixture.store.receiptFails = receipt;
			fixture.store.writeFails = !receipt;
			ConsentAnswer answer = fixture.enable();
			assertThat(answer.outcome()).isEqualTo(Outcome.NOT_PERSISTED);
			assertThat(answer.reason()).isEqualTo("the grant could not be written: the disk is full");
			assertThat(fixture.gate.session()).isNull();
			assertThat(fixture.gate.refresh().scope()).isEqualTo(ConsentScope.NONE);
		}
	}

	@Test
	void disableClosesThenWritesThenErases() {
		GateFixture fixture = GateFixture.open();
		ConsentSession session = fixture.session();
		ConsentAnswer answer = fixture.disable();
		assertThat(answer.outcome()).isEqualTo(Outcome.DONE);
		assertThat(answer.aborted()).isZero();
		assertThat(answer.decision().state()).isEqualTo(ConsentState.WITHDRAWN);
		assertThat(fixture.happened).containsExactly("closing", "write no", "closed", "withdrawn", "receipt");
		assertThat(session.enter()).isFalse();
	}

	@Test
	void disableWhenUndecidedRecordsDenial() {
		GateFixture fixture = new GateFixture();
		assertThat(fixture.disable().decision().state()).isEqualTo(ConsentState.DENIED);
		assertThat(fixture.happened).containsExactly("write no", "withdrawn", "receipt");
	}

	@Test
	void disableWhenConfigurationSaysYesKeepsClosed() {
		GateFixture fixture = new GateFixture();
		fixture.inputs.add(Inputs.enabled("true"));
		assertThat(fixture.gate.refresh().scope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(fixture.disable().decision().state()).isEqualTo(ConsentState.WITHDRAWN);
		assertThat(fixture.gate.refresh().scope()).isEqualTo(ConsentScope.NONE);
	}

	@Test
	void disableWhenVetoedIsRecordedToo() {
		GateFixture fixture = new GateFixture();
		fixture.inputs.add(Inputs.enabled("false"));
		assertThat(fixture.disable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.store.record().granted()).isFalse();
	}

	@Test
	void disableWhenDisabledWritesNothing() {
		GateFixture fixture = GateFixture.open();
		fixture.disable();
		fixture.happened.clear();
		assertThat(fixture.disable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.happened).containsExactly("withdrawn");
	}

	@Test
	void enableWhenRecordIsDamagedIsRefusedUntilDisableMovesItAside() {
		GateFixture fixture = new GateFixture();
		fixture.store.found = Found.fault("its checksum does not match");
		ConsentAnswer answer = fixture.enable();
		assertThat(answer.outcome()).isEqualTo(Outcome.FAULT);
		assertThat(answer.reason()).contains("its checksum does not match");
		assertThat(fixture.happened).isEmpty();
		assertThat(fixture.disable().outcome()).isEqualTo(Outcome.DONE);
		assertThat(fixture.happened).containsExactly("set aside", "write no", "withdrawn", "receipt");
		assertThat(fixture.enable().outcome()).isEqualTo(Outcome.DONE);
	}

	@Test
	void sessionsHaveDifferentRandomIds() {
		GateFixture fixture = GateFixture.open();
		String first = fixture.session().id();
		fixture.disable();
		fixture.enable();
		assertThat(List.of(first, fixture.session().id())).doesNotHaveDuplicates()
			.allSatisfy((id) -> assertThat(id).matches("[0-9a-f]{32}"));
	}

	@Test
	void closeRecordsNothingAndRefreshReopens() {
		GateFixture fixture = GateFixture.open();
		ConsentSession session = fixture.session();
		fixture.gate.close();
		fixture.gate.close();
		assertThat(fixture.happened).containsExactly("closing", "closed");
		assertThat(fixture.gate.session()).isNull();
		fixture.gate.refresh();
		assertThat(fixture.session().id()).isNotEqualTo(session.id());
		assertThat(session.enter()).isFalse();
	}

}
