package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.List;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ReplicatedConsent.Replica;
import dev.telemetry.consent.gate.ReplicatedConsent.Servers;
import dev.telemetry.consent.store.ConsentScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas whose connections to the database they share come and go: the decision that
 * was made last stands, and no denial is lost.
 */
@Tag("F-32")
class JdbcReplicasTests {

	private final Servers servers = new Servers();

	private final ReplicatedConsent consent = new ReplicatedConsent(this.servers, "demo");

	@Test
	void denialThatWasAnsweredWhileTheDatabaseWasAwayIsWrittenWhenItIsBack() {
		Replica one = this.consent.replica();
		Replica other = this.consent.replica();
		one.enable();
		one.disable();
		other.look();
		assertThat(other.state()).isEqualTo(ConsentState.WITHDRAWN);
		other.cut();
		assertThat(one.enable()).isEqualTo(Outcome.DONE);
		assertThat(other.disable()).as("not answered from what is remembered").isEqualTo(Outcome.NOT_PERSISTED);
		other.repair();
		other.look();
		assertThat(other.state()).isEqualTo(ConsentState.WITHDRAWN);
		assertThat(other.gate.session()).isNull();
		one.look();
		assertThat(one.state()).as("at every replica").isEqualTo(ConsentState.WITHDRAWN);
		assertThat(this.consent.receipts()).containsExactly("granted", "withdrawn", "granted", "withdrawn");
	}

	@Test
	void grantThatWasMadeAfterADenialThatWaitsStandsAndTheDenialHasItsReceipt() {
		Replica one = this.consent.replica();
		Replica other = this.consent.replica();
		one.enable();
		other.look();
		other.cut();
		other.disable();
		one.disable();
		assertThat(one.enable()).isEqualTo(Outcome.DONE);
		other.repair();
		other.look();
		assertThat(other.state()).isEqualTo(ConsentState.GRANTED);
		one.look();
		assertThat(one.state()).isEqualTo(ConsentState.GRANTED);
		assertThat(this.consent.receipts()).containsExactly("granted", "withdrawn", "granted", "withdrawn");
	}

	@Test
	void clocksOfReplicasThatAreWrongDecideNothing() {
		Replica fast = this.consent.replica(Inputs.NOW.plus(Duration.ofDays(1)));
		Replica slow = this.consent.replica(Inputs.NOW.minus(Duration.ofDays(1)));
		fast.enable();
		slow.cut();
		slow.disable();
		slow.repair();
		slow.look();
		assertThat(slow.state()).as("the denial was later, though its time is earlier")
			.isEqualTo(ConsentState.WITHDRAWN);
		fast.cut();
		fast.disable();
		assertThat(slow.enable()).isEqualTo(Outcome.DONE);
		fast.repair();
		fast.look();
		assertThat(fast.state()).as("the grant was later, though its time is earlier").isEqualTo(ConsentState.GRANTED);
	}

	@Test
	void denialThatWaitsStandsWhereTheDatabaseTellsNoTime() {
		this.servers.timed = false;
		Replica one = this.consent.replica();
		Replica other = this.consent.replica();
		other.cut();
		other.disable();
		assertThat(one.enable()).isEqualTo(Outcome.DONE);
		other.repair();
		other.look();
		one.look();
		assertThat(one.state()).as("in doubt, consent is denied").isEqualTo(ConsentState.WITHDRAWN);
	}

	@Test
	void enableWhileTheDatabaseIsAwayOpensNothingAndIsAnsweredAnew() {
		Replica replica = this.consent.replica();
		replica.enable();
		replica.cut();
		assertThat(replica.enable()).as("unchanged is what it was").isEqualTo(Outcome.NOT_PERSISTED);
		replica.gate.disable("actuator");
		assertThat(replica.enable()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(replica.gate.session()).isNull();
		replica.repair();
		replica.look();
		assertThat(replica.state()).isEqualTo(ConsentState.WITHDRAWN);
	}

	@Test
	void enableWhenADenialWaitsWritesTheDenialFirst() {
		Replica replica = this.consent.replica();
		replica.enable();
		replica.cut();
		replica.disable();
		replica.repair();
		assertThat(replica.enable()).isEqualTo(Outcome.DONE);
		assertThat(replica.state()).isEqualTo(ConsentState.GRANTED);
		assertThat(this.consent.receipts()).containsExactly("granted", "withdrawn", "granted");
	}

	@Test
	void narrowingWhileTheDatabaseIsAwayHoldsInThisProcess() {
		Replica replica = this.consent.replica();
		replica.enable();
		replica.cut();
		assertThat(replica.gate.enable(ConsentScope.LOCAL, null, "actuator").outcome())
			.isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(replica.gate.decision().scope()).isEqualTo(ConsentScope.LOCAL);
	}

	@Test
	void resetWhileTheDatabaseIsAwayForgetsAndItsDenialIsWrittenLater() {
		Replica one = this.consent.replica();
		Replica other = this.consent.replica();
		one.enable();
		other.look();
		other.cut();
		boolean[] forgotten = new boolean[1];
		assertThat(other.gate.reset("actuator", () -> forgotten[0] = true).outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(forgotten[0]).isTrue();
		other.repair();
		other.look();
		one.look();
		assertThat(one.state()).isEqualTo(ConsentState.WITHDRAWN);
		assertThat(this.consent.receipts()).containsExactly("granted", "withdrawn", "reset");
	}

	@Test
	void grantWhoseCommitWasNotAnsweredIsTakenBack() {
		Replica one = this.consent.replica();
		Replica other = this.consent.replica();
		one.enable();
		one.disable();
		other.loseCommits();
		assertThat(other.enable()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(other.gate.session()).isNull();
		other.repair();
		other.look();
		assertThat(other.state()).as("what was answered holds").isEqualTo(ConsentState.WITHDRAWN);
		one.look();
		assertThat(one.state()).isEqualTo(ConsentState.WITHDRAWN);
	}

	@Test
	void firstGrantWhoseCommitWasNotAnsweredIsTakenBack() {
		Replica one = this.consent.replica();
		Replica other = this.consent.replica();
		other.loseCommits();
		assertThat(other.enable()).isEqualTo(Outcome.NOT_PERSISTED);
		other.repair();
		other.look();
		one.look();
		assertThat(List.of(other.state(), one.state())).containsOnly(ConsentState.UNDECIDED);
		assertThat(other.enable()).isEqualTo(Outcome.DONE);
	}

}
