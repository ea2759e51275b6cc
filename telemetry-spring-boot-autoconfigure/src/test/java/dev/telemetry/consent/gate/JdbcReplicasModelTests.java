package dev.telemetry.consent.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.telemetry.consent.gate.ConsentAnswer.Outcome;
import dev.telemetry.consent.gate.ReplicatedConsent.Replica;
import dev.telemetry.consent.gate.ReplicatedConsent.Servers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every sequence of three commands at two replicas, each at a time at which the database
 * answers one replica, the other, both or none, with and without a look of both at it
 * between: the decision that was made last stands in the end, and no denial is lost.
 */
@Tag("exhaustive")
@Tag("F-32")
class JdbcReplicasModelTests {

	private static final int COMMANDS = 3;

	/**
	 * Which replica, enable or disable, whom the database answers, look or not. Whether
	 * it would answer a replica that does not ask makes no difference.
	 */
	private static final List<Step> STEPS = IntStream.range(0, 2 * 2 * 4 * 2)
		.mapToObj(Step::of)
		.filter((step) -> step.look() || !step.answered().get(1 - step.replica()))
		.toList();

	private final Servers servers = new Servers();

	private static final LoggingSystem LOGGING = LoggingSystem.get(JdbcReplicasModelTests.class.getClassLoader());

	private int sequences;

	@BeforeAll
	static void logNothing() {
		LOGGING.setLogLevel("dev.telemetry", LogLevel.OFF);
	}

	@AfterAll
	static void logAgain() {
		LOGGING.setLogLevel("dev.telemetry", null);
	}

	/** What stands when the sequence begins. */
	enum Before {

		NOTHING, WITHDRAWN

	}

	@ParameterizedTest
	@EnumSource
	void theDecisionThatWasMadeLastStandsAndNoDenialIsLost(Before before) {
		int all = STEPS.size() * STEPS.size() * STEPS.size();
		for (int code = 0; code < all; code++) {
			List<Step> steps = new ArrayList<>();
			for (int left = code, i = 0; i < COMMANDS; i++, left /= STEPS.size()) {
				steps.add(STEPS.get(left % STEPS.size()));
			}
			// The replicas are alike: which of them comes first does not matter
			if (steps.get(0).replica() == 0) {
				new Run(before).check(steps);
			}
		}
		assertThat(this.sequences).isEqualTo(all / 2);
	}

	/**
	 * A command, and what is the case when it is given.
	 *
	 * @param replica at which replica
	 * @param grant whether consent is granted, or denied
	 * @param answered whether the database answers each replica
	 * @param look whether both replicas look at the database afterwards
	 */
	private record Step(int replica, boolean grant, List<Boolean> answered, boolean look) {

		static Step of(int code) {
			return new Step(code & 1, (code & 2) != 0, List.of((code & 4) != 0, (code & 8) != 0), (code & 16) != 0);
		}

		boolean isAnswered() {
			return this.answered.get(this.replica);
		}

	}

	/** One sequence, beside a naive list of the decisions that count. */
	private final class Run {

		private final ReplicatedConsent consent;

		private final List<Replica> replicas;

		/**
		 * Every denial that was given, and every grant that was stored, in their order.
		 */
		private final List<Boolean> grants = new ArrayList<>();

		Run(Before before) {
			this.consent = new ReplicatedConsent(JdbcReplicasModelTests.this.servers,
					before + "-" + JdbcReplicasModelTests.this.sequences++);
			this.replicas = List.of(this.consent.replica(), this.consent.replica());
			if (before != Before.NOTHING) {
				give(0, true);
			}
			if (before == Before.WITHDRAWN) {
				give(0, false);
			}
			this.replicas.forEach(Replica::look);
		}

		private Outcome give(int replica, boolean grant) {
			Replica at = this.replicas.get(replica);
			Outcome outcome = grant ? at.enable() : at.disable();
			if (!grant || outcome != Outcome.NOT_PERSISTED) {
				this.grants.add(grant);
			}
			return outcome;
		}

		void check(List<Step> steps) {
			boolean lost = false;
			for (Step step : steps) {
				connect(step.answered());
				Outcome outcome = give(step.replica(), step.grant());
				assertThat(outcome == Outcome.NOT_PERSISTED).as("%s in %s", step, steps).isEqualTo(!step.isAnswered());
				lost |= !step.grant() && !step.isAnswered();
				if (step.look()) {
					this.replicas.forEach(Replica::look);
				}
			}
			connect(List.of(true, true));
			// Once to write what waits, and once more to see what the other one wrote
			this.replicas.forEach(Replica::look);
			this.replicas.forEach(Replica::look);
			boolean granted = !this.grants.isEmpty() && this.grants.get(this.grants.size() - 1);
			for (Replica replica : this.replicas) {
				assertThat(replica.state() == ConsentState.GRANTED).as("%s", steps).isEqualTo(granted);
				assertThat(replica.gate.session() != null).as("%s", steps).isEqualTo(granted);
			}
			assertThat(this.consent.receipts().stream().anyMatch(List.of("withdrawn", "denied")::contains))
				.as("a denial has its receipt: %s", steps)
				.isEqualTo(this.grants.contains(false));
			assertThat(lost && this.consent.receipts().isEmpty()).as("%s", steps).isFalse();
		}

		private void connect(List<Boolean> answered) {
			for (int i = 0; i < answered.size(); i++) {
				if (answered.get(i)) {
					this.replicas.get(i).repair();
				}
				else {
					this.replicas.get(i).cut();
				}
			}
		}

	}

}
