package dev.telemetry.consent.gate;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.store.BoundedDatabase;
import dev.telemetry.consent.store.ConsentDatabase;
import dev.telemetry.consent.store.ConsentSchema;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.JdbcConsentStore;
import dev.telemetry.consent.store.TestDatabase;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The record of one tool in a database, and replicas that share it. Time passes by a
 * millisecond with each thing that is done.
 */
final class ReplicatedConsent {

	private static final SQLException DOWN = new SQLException("cut", "08006");

	private static final long MILLI = 1_000_000;

	private final Servers servers;

	private final String tool;

	private int replicas;

	/**
	 * Create it.
	 * @param servers how each replica reaches the database
	 * @param tool the tool
	 */
	ReplicatedConsent(Servers servers, String tool) {
		this.servers = servers;
		this.tool = tool;
	}

	Replica replica() {
		return new Replica(Inputs.NOW);
	}

	Replica replica(Instant wallClock) {
		return new Replica(wallClock);
	}

	/** What the receipts say, in their order. */
	List<String> receipts() {
		return this.servers.connections.get(0)
			.query("select receipt from telemetry_consent_receipt where tool = '" + this.tool + "' order by seq")
			.stream()
			.map((line) -> line.replaceAll(".*\"event\":\"consent\\.(\\w+)\".*", "$1"))
			.toList();
	}

	/** A process with connections of its own. */
	final class Replica {

		private final TestDatabase connections;

		final ConsentGate gate;

		private final ConsentPoller poller;

		private Replica(Instant wallClock) {
			Servers servers = ReplicatedConsent.this.servers;
			int number = ReplicatedConsent.this.replicas++;
			this.connections = servers.connections.get(number);
			AtomicLong time = servers.time;
			ConsentStore store = new JdbcConsentStore(servers.bounded.get(number), ReplicatedConsent.this.tool,
					(sql) -> servers.now(), time::get);
			this.gate = ConsentGate.builder(store)
				.tool(ReplicatedConsent.this.tool)
				.clocks(() -> wallClock, time::get)
				.build();
			this.poller = new ConsentPoller(store, this.gate, Thread::new);
			this.gate.refresh();
		}

		void cut() {
			this.connections.failure = DOWN;
		}

		void repair() {
			this.connections.failure = null;
			this.connections.commitFailure = null;
		}

		/** From now on every commit is done, but its answer is lost. */
		void loseCommits() {
			this.connections.commitFailure = DOWN;
		}

		Outcome enable() {
			pass();
			return this.gate.enable(ConsentScope.EXPORT, null, "actuator").outcome();
		}

		Outcome disable() {
			pass();
			Outcome outcome = this.gate.disable("actuator").outcome();
			assertThat(this.gate.session()).as("closed at once").isNull();
			return outcome;
		}

		/** What the poller does twice a second. */
		void look() {
			pass();
			this.poller.runOnce();
		}

		private void pass() {
			ReplicatedConsent.this.servers.time.addAndGet(MILLI);
		}

		ConsentState state() {
			return this.gate.decision().state();
		}

	}

	/** Two ways to one database, and its clock. */
	static final class Servers {

		/** The time by which both the database and the replicas go. */
		private final AtomicLong time = new AtomicLong(MILLI);

		private final List<TestDatabase> connections;

		private final List<BoundedDatabase> bounded;

		/** Whether the database tells the time. */
		boolean timed = true;

		Servers() {
			TestDatabase database = TestDatabase.h2("h2");
			this.connections = List.of(database, database.replica());
			this.connections.forEach((each) -> each.reuses = true);
			this.bounded = this.connections.stream()
				.map((each) -> new BoundedDatabase(new ConsentDatabase(each), ConsentSchema.none(), this.time::get,
						Thread::new, new Problems()))
				.toList();
		}

		private @Nullable Instant now() {
			return this.timed ? Instant.ofEpochSecond(0, this.time.get()) : null;
		}

	}

}
