package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.List;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentReceipt.Kind;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsentGate#enable} over a grant that stands: what the new one covers
 * goes on, what it does not cover ends.
 */
class ConsentGateTakeoverTests {

	private final GateFixture fixture = new GateFixture();

	@Test
	void enableOverConfigurationLetsTheSessionGoOn() {
		ConsentSession session = configured(Inputs.enabled("true"));
		String before = session.grantId();
		assertThat(before).startsWith("sha256:");
		assertThat(enable(ConsentScope.EXPORT).outcome()).isEqualTo(Outcome.DONE);
		assertThat(this.fixture.happened).containsExactly("keep notice", "receipt", "write yes");
		assertThat(this.fixture.session()).isSameAs(session);
		ConsentRecord record = this.fixture.store.record();
		assertThat(record.grantId()).matches("[0-9a-f]{32}").isEqualTo(session.grantId());
		assertThat(record.continues()).isEqualTo(before);
		assertThat(session.grant().includes(before)).isTrue();
		assertThat(session.channel()).isEqualTo("actuator");
		assertThat(this.fixture.store.receipts).singleElement()
			.isEqualTo(new ConsentReceipt(Kind.GRANTED, Inputs.NOW, "actuator", ConsentScope.EXPORT, Inputs.NOTICE,
					record.grantId(), before));
		assertThat(enable(ConsentScope.EXPORT).outcome()).isEqualTo(Outcome.UNCHANGED);
		this.fixture.inputs.clear();
		assertThat(this.fixture.gate.refresh().rule()).isEqualTo(9);
		assertThat(this.fixture.session()).isSameAs(session);
	}

	@Test
	void enableForMoreThanTheOptInFileWidensTheSession() {
		ConsentSession session = configured(Inputs.optInFile("true"));
		ConsentPass shut = session.pass(true);
		assertThat(session.scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(shut.enter()).isFalse();
		enable(ConsentScope.EXPORT);
		assertThat(this.fixture.happened).containsExactly("keep notice", "receipt", "write yes", "widened");
		assertThat(this.fixture.session()).isSameAs(session);
		assertThat(session.scope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(shut.enter()).as("what was shut out stays shut out").isFalse();
	}

	@Test
	void enableWhenNoticeIsNarrowerKeepsTheIdOfTheGrant() {
		enable(ConsentScope.EXPORT);
		ConsentSession session = this.fixture.session();
		ConsentRecord before = this.fixture.store.record();
		this.fixture.covering = true;
		this.fixture.notice = "sha256:narrower";
		this.fixture.happened.clear();
		assertThat(enable(ConsentScope.EXPORT).outcome()).isEqualTo(Outcome.DONE);
		assertThat(this.fixture.happened).containsExactly("keep notice", "receipt", "write yes");
		assertThat(this.fixture.session()).isSameAs(session);
		ConsentRecord record = this.fixture.store.record();
		assertThat(record.grantId()).isEqualTo(before.grantId());
		assertThat(record.notice()).isEqualTo("sha256:narrower");
		assertThat(record.seq()).isEqualTo(before.seq() + 1);
	}

	@Test
	void enableForMoreThanThisMachineKeepsTheIdAndWhatItContinues() {
		ConsentSession session = configured(Inputs.optInFile("true"));
		String configuration = session.grantId();
		enable(ConsentScope.LOCAL);
		String id = this.fixture.store.record().grantId();
		assertThat(this.fixture.happened).doesNotContain("closing");
		enable(ConsentScope.EXPORT);
		assertThat(this.fixture.session()).isSameAs(session);
		assertThat(this.fixture.store.record().grantId()).isEqualTo(id);
		assertThat(this.fixture.store.record().continues()).isEqualTo(configuration);
		this.fixture.happened.clear();
		enable(ConsentScope.LOCAL);
		assertThat(this.fixture.happened).startsWith("narrowing", "narrowed", "handing over", "closing", "closed");
		assertThat(this.fixture.store.record().grantId()).isNotEqualTo(id);
		assertThat(this.fixture.store.record().continues()).isNull();
	}

	@Test
	void enableForLessThanConfigurationClosesFirst() {
		ConsentSession session = configured(Inputs.enabled("true"));
		enable(ConsentScope.LOCAL);
		assertThat(this.fixture.happened).containsExactly("narrowing", "narrowed", "handing over", "closing", "closed",
				"keep notice", "receipt", "write yes", "withdrawn", "opened");
		assertThat(this.fixture.session().id()).isNotEqualTo(session.id());
		assertThat(this.fixture.store.record().continues()).isNull();
		assertThat(this.fixture.gate.decision().scope()).isEqualTo(ConsentScope.LOCAL);
	}

	@Test
	void enableForLessIsADenialAlsoWhileTheScopeIsCapped() {
		this.fixture.cap = ConsentCap.of("telemetry.local-only is true");
		configured(Inputs.enabled("true"));
		enable(ConsentScope.LOCAL);
		assertThat(this.fixture.happened).contains("closed", "withdrawn", "opened");
		this.fixture.cap = null;
		assertThat(this.fixture.gate.refresh().scope()).isEqualTo(ConsentScope.LOCAL);
	}

	@Test
	void enableForLessWhenItCannotBeWrittenStillEndsWhatLeaves() {
		enable(ConsentScope.EXPORT);
		ConsentSession session = this.fixture.session();
		this.fixture.store.writeFails = true;
		this.fixture.happened.clear();
		assertThat(enable(ConsentScope.LOCAL).outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(this.fixture.happened).containsExactly("narrowing", "narrowed", "handing over", "closing", "closed",
				"keep notice", "receipt", "receipt", "withdrawn", "opened");
		assertThat(session.pass(true).enter()).isFalse();
		assertThat(this.fixture.session().scope()).isEqualTo(ConsentScope.LOCAL);
	}

	@Test
	void enableForMoreWhenItCannotBeWrittenChangesNothing() {
		ConsentSession session = configured(Inputs.optInFile("true"));
		this.fixture.store.writeFails = true;
		assertThat(enable(ConsentScope.EXPORT).outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(this.fixture.session()).isSameAs(session);
		assertThat(session.scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(session.grantId()).startsWith("sha256:");
	}

	@Test
	void enableWhenOnlyItsAgeMadeItStaleRenewsTheGrant() {
		enable(ConsentScope.EXPORT);
		String id = this.fixture.store.record().grantId();
		this.fixture.now = Inputs.NOW.plus(Duration.ofDays(400));
		assertThat(this.fixture.gate.refresh().state()).isEqualTo(ConsentState.STALE);
		enable(ConsentScope.EXPORT);
		assertThat(this.fixture.store.record().grantId()).isEqualTo(id);
		assertThat(this.fixture.gate.decision().state()).isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void enableWhenMoreIsCollectedBeginsAnew() {
		enable(ConsentScope.EXPORT);
		String id = this.fixture.store.record().grantId();
		this.fixture.notice = "sha256:wider";
		assertThat(this.fixture.gate.refresh().state()).isEqualTo(ConsentState.STALE);
		enable(ConsentScope.EXPORT);
		assertThat(this.fixture.store.record().grantId()).as("what waits agreed to less").isNotEqualTo(id);
		assertThat(this.fixture.store.record().continues()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "LOCAL", "EXPORT" })
	void enableAfterADenialContinuesNothing(ConsentScope scope) {
		configured(Inputs.enabled("true"));
		this.fixture.disable();
		enable(scope);
		ConsentRecord first = this.fixture.store.record();
		assertThat(first.continues()).isNull();
		this.fixture.disable();
		enable(scope);
		assertThat(this.fixture.store.record().grantId()).isNotEqualTo(first.grantId());
	}

	@Test
	void enableAfterADenialThatCouldNotBeWrittenContinuesNothing() {
		enable(ConsentScope.EXPORT);
		String id = this.fixture.store.record().grantId();
		this.fixture.store.writeFails = true;
		this.fixture.disable();
		this.fixture.store.writeFails = false;
		enable(ConsentScope.EXPORT);
		assertThat(this.fixture.store.record().grantId()).isNotEqualTo(id);
	}

	@Test
	void refreshWhenCapComesAndGoesLetsTheSessionGoOn() {
		enable(ConsentScope.EXPORT);
		ConsentSession session = this.fixture.session();
		ConsentPass sending = session.pass(true);
		this.fixture.happened.clear();
		this.fixture.cap = ConsentCap.of("telemetry.local-only is true");
		assertThat(this.fixture.gate.refresh().scope()).isEqualTo(ConsentScope.LOCAL);
		assertThat(this.fixture.happened).containsExactly("narrowing", "narrowed");
		assertThat(sending.enter()).isFalse();
		assertThat(session.enter()).isTrue();
		session.exit();
		this.fixture.cap = null;
		assertThat(this.fixture.gate.refresh().scope()).isEqualTo(ConsentScope.EXPORT);
		assertThat(this.fixture.happened).containsExactly("narrowing", "narrowed", "widened");
		assertThat(this.fixture.session()).isSameAs(session);
		assertThat(sending.enter()).as("what was shut out stays shut out").isFalse();
		assertThat(session.pass(true).enter()).isTrue();
		session.pass(true).exit();
	}

	@Test
	void refreshWhenAnotherProcessTookTheGrantOverLetsTheSessionGoOn() throws Exception {
		ConsentSession session = configured(Inputs.enabled("true"));
		String before = session.grantId();
		this.fixture.store.write(Inputs.yes(ConsentScope.EXPORT).withGrant(Inputs.GRANT_ID, before));
		this.fixture.happened.clear();
		this.fixture.gate.refresh();
		assertThat(this.fixture.session()).isSameAs(session);
		assertThat(session.grant()).isEqualTo(new ConsentGrant(Inputs.GRANT_ID, before));
		assertThat(this.fixture.happened).isEmpty();
		this.fixture.store.write(Inputs.yes(ConsentScope.EXPORT).withGrant("f".repeat(32), null));
		this.fixture.gate.refresh();
		assertThat(this.fixture.session()).as("somebody may have said no in between").isNotSameAs(session);
	}

	private ConsentSession configured(ConsentInput input) {
		this.fixture.inputs.add(input);
		this.fixture.gate.refresh();
		this.fixture.happened.clear();
		return this.fixture.session();
	}

	private ConsentAnswer enable(ConsentScope scope) {
		return this.fixture.gate.enable(scope, null, "actuator");
	}

	@Test
	void grantIncludesItselfAndWhatItContinuesOnly() {
		ConsentGrant grant = new ConsentGrant("a", "b");
		assertThat(List.of(grant.includes("a"), grant.includes("b"), grant.includes("c"))).containsExactly(true, true,
				false);
		assertThat(new ConsentGrant("a", null).includes("b")).isFalse();
	}

}
