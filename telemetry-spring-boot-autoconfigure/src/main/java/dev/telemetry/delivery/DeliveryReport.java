package dev.telemetry.delivery;

import dev.telemetry.sink.TelemetryException;

/**
 * Tells people what goes wrong in a lane: in status always, in the log once a minute and
 * cause.
 */
final class DeliveryReport {

	private final String name;

	private final String target;

	private final DeliveryLedger ledger;

	private final WarningLimiter warnings;

	private long overflowTold;

	DeliveryReport(String name, String target, DeliveryLedger ledger, WarningLimiter warnings) {
		this.name = name;
		this.target = target;
		this.ledger = ledger;
		this.warnings = warnings;
	}

	/**
	 * A sink failed. Of what it threw only our own exception's message is shown: any
	 * other may quote the payload.
	 * @param failure what the sink threw
	 * @param kept how many events of the batch the sink did not take
	 * @param rejected how many it refused for good
	 * @param last whether those kept are not sent again, because the lane closes
	 */
	void failed(Throwable failure, int kept, int rejected, boolean last) {
		String what = (failure instanceof TelemetryException) ? String.valueOf(failure.getMessage())
				: "the sink threw " + failure.getClass().getName();
		this.ledger.failed(what);
		this.warnings.warn(cause(failure, rejected > 0), subject() + what + outcome(kept, rejected, last));
	}

	private static String outcome(int kept, int rejected, boolean last) {
		if (rejected > 0) {
			return "; " + rejected + " events were rejected";
		}
		return (kept > 0) ? "; " + kept + (last ? " events were not delivered" : " events wait for the next try") : "";
	}

	/** Events may have been lost because the buffer was full; called by the worker. */
	void overflowed() {
		long lost = this.ledger.count(LossReason.BUFFER_FULL);
		if (lost > this.overflowTold) {
			this.warnings.warn("overflow",
					subject() + "the buffer was full; " + (lost - this.overflowTold) + " events were dropped");
			this.overflowTold = lost;
		}
	}

	private String subject() {
		return "Telemetry sink '" + this.name + "' (" + this.target + "): ";
	}

	private static String cause(Throwable failure, boolean lost) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		String kind = (failure instanceof TelemetryException refusal) ? refusal.kind().name() : "";
		return lost + kind + cause.getClass().getName();
	}

}
