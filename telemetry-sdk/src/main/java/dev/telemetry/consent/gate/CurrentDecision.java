package dev.telemetry.consent.gate;

import java.util.List;

import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.NoticeHashes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The decision as it was last computed, which any thread may read; logs what changes.
 * Taken under the gate's command lock.
 */
final class CurrentDecision {

	private static final Log logger = LogFactory.getLog(ConsentGate.class);

	private final CapWarning capWarning = new CapWarning();

	private volatile ConsentDecision decision = new ConsentDecision(ConsentState.UNDECIDED, ConsentScope.NONE, null, 13,
			"not started yet", null, false, null, false, null, null, List.of(), NoticeHashes.NONE);

	ConsentDecision get() {
		return this.decision;
	}

	ConsentDecision take(ConsentDecision next) {
		ConsentDecision previous = this.decision;
		this.decision = next;
		if (previous.state() != next.state() || previous.scope() != next.scope()) {
			logger.info("Telemetry consent is " + next.state() + ", scope " + next.scope() + ": " + next.reason());
		}
		this.capWarning.check(next);
		return next;
	}

}
