package dev.telemetry.consent.gate;

import java.io.IOException;
import java.util.Objects;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ConsentStore.Limit;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Tells in status what is wrong with what consent rests on: the record, its receipts and
 * the clock. Without a record nothing is looked at that need not be. Used under the
 * gate's command lock.
 */
final class ConsentProblems {

	private static final String CLOCK = "clock";

	private final ConsentStore store;

	private final ConsentEvidence evidence;

	private final Problems problems;

	private Found last = Found.NOTHING;

	private @Nullable Problem receipts;

	ConsentProblems(ConsentStore store, ConsentEvidence evidence, Problems problems) {
		this.store = store;
		this.evidence = evidence;
		this.problems = problems;
	}

	/** Tell about the record, each time it was read, and about the clock. */
	void tell(Found found) {
		this.last = found;
		if (this.store.unusable() != null) {
			// The problem of the store itself names the cause and the action
			return;
		}
		String fault = (found.away() == null) ? found.fault() : null;
		tell(this.store.place(),
				(fault != null) ? new Problem(this.store.place(), null, "it cannot be trusted: " + fault, Objects
					.requireNonNullElse(found.action(), "disable, which moves what is damaged aside, then decide anew"))
						: null);
		ConsentRecord record = found.record();
		tell(CLOCK, (record != null && record.granted()) ? this.evidence.clockProblem() : null);
	}

	private void tell(String property, @Nullable Problem problem) {
		if (problem != null) {
			this.problems.show(problem);
		}
		else {
			this.problems.resolved(property);
		}
	}

	/**
	 * Look at the receipts, where there can be any, because a caller requests the status.
	 */
	void lookAtReceipts() {
		Found found = this.last;
		if (found.away() != null || (found.record() == null && found.fault() == null)) {
			return;
		}
		Limit limit = this.store.within(CommandTime.LOOK);
		try {
			Problem before = this.receipts;
			Problem now = this.store.receiptsProblem();
			if (before != null && now == null) {
				this.problems.resolved(before.property());
			}
			else if (now != null) {
				this.problems.defer(now);
			}
			this.receipts = now;
		}
		catch (IOException | RuntimeException ex) {
			// It cannot be told now; what was found before still applies
		}
		finally {
			limit.close();
		}
	}

}
