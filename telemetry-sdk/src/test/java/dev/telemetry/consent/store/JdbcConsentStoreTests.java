package dev.telemetry.consent.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentPoller;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.gate.Inputs;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests for {@link JdbcConsentStore}: a database that goes away, and replicas. */
class JdbcConsentStoreTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration REST = Duration.ofMillis(500);

	private static final SQLException DOWN = new SQLException("host db.internal.example.com, user admin", "08006");

	private static final String AWAY = "the database does not answer (SQL state 08006); check that it runs and can be"
			+ " reached from here";

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1000);

	private final TestDatabase database = TestDatabase.h2("h2");

	private final ConsentStore store = store(this.database);

	private ConsentStore store(TestDatabase of) {
		return TestDatabase.store(of, "demo", this.nanoTime::get);
	}

	@AfterEach
	void everyConnectionIsGivenBack() {
		assertThat(this.database.open).hasValue(0);
	}

	@Test
	void writeKeepsTheVeryTextOfAFile() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		assertThat(this.database.query("select record from telemetry_consent")).containsExactly(
				new String(ConsentRecordFormat.write(Inputs.yes(ConsentScope.EXPORT)), StandardCharsets.UTF_8).trim());
	}

	@Test
	void writeNotesWhenItWasSaidByTheClockOfTheDatabase() throws Exception {
		String before = now();
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		assertThat(this.database.query("select updated_at from telemetry_consent").get(0)).isBetween(before, now());
	}

	private String now() {
		return this.database.query("select cast(current_timestamp at time zone 'UTC' as timestamp)").get(0);
	}

	@Test
	void toolsHaveRowsOfTheirOwn() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		assertThat(TestDatabase.store(this.database, "other", this.nanoTime::get).read()).isEqualTo(Found.NOTHING);
	}

	@Test
	void readWhenDownTrustsAYesForHalfAMinute() throws Exception {
		Found yes = Inputs.found(this.store.write(Inputs.yes(ConsentScope.EXPORT)));
		this.database.failure = DOWN;
		later(LEASE.minusNanos(1));
		assertThat(this.store.read()).isEqualTo(new Found(yes.record(), null, null, AWAY));
		later(Duration.ofNanos(1));
		assertThat(this.store.read()).isEqualTo(new Found(null, "the database does not answer (SQL state 08006)",
				"check that it runs and can be reached from here", AWAY));
		this.database.failure = null;
		later(REST);
		assertThat(this.store.read()).isEqualTo(yes);
	}

	@Test
	void readWhenDownTrustsANoForEver() throws Exception {
		Found no = Inputs.found(this.store.write(Inputs.no(true)));
		this.database.failure = DOWN;
		later(Duration.ofDays(400));
		assertThat(this.store.read()).isEqualTo(new Found(no.record(), null, null, AWAY));
	}

	@Test
	void readWhenDownAndNeverAnsweredIsAFault() {
		this.database.failure = DOWN;
		assertThat(this.store.read().fault()).isNotNull();
	}

	@Test
	void readWhenDownAsksAgainAfterARestOnly() throws Exception {
		this.store.write(Inputs.yes(ConsentScope.EXPORT));
		this.database.failure = DOWN;
		this.store.read();
		this.database.failure = null;
		int before = this.database.connections.get();
		later(REST.minusNanos(1));
		this.store.read();
		assertThat(this.database.connections).hasValue(before);
		later(Duration.ofNanos(1));
		this.store.read();
		assertThat(this.database.connections).hasValue(before + 1);
	}

	@Test
	void driverThatCannotBoundTheNetworkIsGoodEnough() throws Exception {
		this.database.unbounded = true;
		this.store.write(Inputs.no(true));
		assertThat(this.store.read().record()).isNotNull();
	}

	@Test
	void readWhenThereAreNoTablesSaysHowToMendIt() {
		this.database.execute("drop table telemetry_consent");
		assertThat(this.store.read().away()).isEqualTo("there is no table telemetry_consent; create it, or set"
				+ " telemetry.consent.jdbc.initialize-schema to always");
	}

	@Test
	void writeWhenDownSaysSoInOurWords() {
		this.database.failure = DOWN;
		assertThatIOException().isThrownBy(() -> this.store.write(Inputs.no(true))).withMessage(AWAY);
	}

	@Test
	void writeWhenARecordWasSetAsideCountsOnFromIt() throws Exception {
		ConsentStore other = store(this.database.replica());
		other.write(Inputs.no(true));
		other.write(Inputs.no(true));
		this.database.execute("update telemetry_consent set record = 'x'");
		this.store.setAside();
		assertThat(this.store.write(Inputs.no(true)).seq()).isEqualTo(3);
		assertThat(other.read().fault()).isNull();
	}

	@Test
	void interruptLosesNothingAndIsHandedOn() throws IOException {
		Thread.currentThread().interrupt();
		this.store.write(Inputs.no(true));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.store.read().record()).isNotNull();
	}

	@Test
	void archiveHoldsReceiptsInTheirOrderAndNotices() throws IOException {
		this.store.appendReceipt(ConsentReceipt.of(Inputs.yes(ConsentScope.EXPORT)));
		this.store.appendReceipt(ConsentReceipt.of(Inputs.no(true)));
		this.store.saveNotice("sha256:" + "a".repeat(64), "{}".getBytes(StandardCharsets.UTF_8));
		assertThat(this.store.archive().receipts()).hasSize(2);
		assertThat(this.store.archive().receipts().get(1)).contains("consent.withdrawn");
		assertThat(this.store.archive().notices()).containsExactly("{}");
	}

	@Test
	void disableAtOneReplicaClosesTheOtherAtItsNextLook() {
		ConsentGate one = gate(this.store);
		ConsentGate other = gate(store(this.database.replica()));
		one.enable(ConsentScope.EXPORT, null, "actuator");
		ConsentPoller poller = poller(other);
		assertThat(other.session()).isNull();
		poller.runOnce();
		ConsentSession open = other.session();
		assertThat(open).as("a yes spreads by looking").isNotNull();
		assertThat(one.disable("actuator").outcome()).isEqualTo(Outcome.DONE);
		later(REST);
		other.checkRecord();
		assertThat(open.enter()).as("who wants to send looks first").isFalse();
		assertThat(other.decision().state()).isEqualTo(ConsentState.WITHDRAWN);
	}

	@Test
	void gateWhenDatabaseGoesAwayClosesAfterTheLeaseAndOpensAgain() {
		ConsentGate gate = gate(this.store);
		gate.enable(ConsentScope.EXPORT, null, "actuator");
		ConsentPoller poller = poller(gate);
		this.database.failure = DOWN;
		later(LEASE.minus(REST));
		poller.runOnce();
		assertThat(gate.session()).as("a short outage is not felt").isNotNull();
		later(REST);
		poller.runOnce();
		assertThat(gate.session()).isNull();
		assertThat(gate.decision().state()).isEqualTo(ConsentState.FAULT);
		assertThat(gate.decision().reason()).isEqualTo("table telemetry_consent cannot be read: " + AWAY);
		assertThat(gate.enable(ConsentScope.EXPORT, null, "actuator").outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		this.database.failure = null;
		later(REST);
		poller.runOnce();
		assertThat(gate.session()).isNotNull();
	}

	@Test
	void disableWhenDatabaseIsAwayClosesHereAndIsWrittenLater() {
		ConsentGate gate = gate(this.store);
		gate.enable(ConsentScope.EXPORT, null, "actuator");
		this.database.failure = DOWN;
		assertThat(gate.disable("actuator").outcome()).isEqualTo(Outcome.NOT_PERSISTED);
		assertThat(gate.session()).isNull();
		later(LEASE);
		this.database.failure = null;
		poller(gate).runOnce();
		ConsentRecord standing = store(this.database.replica()).read().record();
		assertThat(standing).isNotNull();
		assertThat(standing.granted()).as("the no was retried").isFalse();
		assertThat(gate.session()).isNull();
	}

	@Test
	void pollerWhenStoppedTouchesTheGateNoMore() {
		ConsentGate gate = gate(this.store);
		ConsentPoller poller = poller(gate);
		poller.stop();
		gate(store(this.database.replica())).enable(ConsentScope.EXPORT, null, "actuator");
		poller.runOnce();
		assertThat(gate.session()).isNull();
	}

	@Test
	void pollerHasOneDaemonThreadWhileItRuns() throws InterruptedException {
		Thread[] made = new Thread[1];
		ConsentPoller poller = new ConsentPoller(this.store, gate(this.store), (task) -> made[0] = new Thread(task));
		assertThat(made[0]).as("nothing before it starts").isNull();
		poller.start();
		Thread first = made[0];
		poller.start();
		assertThat(made[0]).isSameAs(first);
		assertThat(first.isDaemon()).isTrue();
		assertThat(first.getName()).isEqualTo("telemetry-consent");
		poller.stop();
		Patience.end(first);
		poller.start();
		assertThat(made[0]).isNotSameAs(first);
		poller.stop();
		Patience.end(made[0]);
	}

	private ConsentPoller poller(ConsentGate gate) {
		return new ConsentPoller(this.store, gate, Thread::new);
	}

	private ConsentGate gate(ConsentStore of) {
		ConsentGate gate = ConsentGate.builder(of).tool("demo").clocks(() -> Inputs.NOW, this.nanoTime::get).build();
		gate.refresh();
		return gate;
	}

	private void later(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
	}

}
