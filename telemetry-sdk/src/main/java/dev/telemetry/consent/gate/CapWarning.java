package dev.telemetry.consent.gate;

import dev.telemetry.consent.store.ConsentScope;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Warns once while a grant reaches less far than it says because an input cannot be used.
 * Before a grant nothing is logged about it: status says it.
 */
final class CapWarning {

	private static final Log logger = LogFactory.getLog(CapWarning.class);

	private @Nullable String warned;

	/** Called under the gate's lock with each decision. */
	void check(ConsentDecision decision) {
		boolean counts = decision.state() == ConsentState.GRANTED && decision.restricted()
				&& decision.recordedScope() == ConsentScope.EXPORT;
		String reason = counts ? decision.cap() : null;
		if (reason != null && !reason.equals(this.warned)) {
			logger.warn("Telemetry: " + reason);
		}
		this.warned = reason;
	}

}
