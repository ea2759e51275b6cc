package dev.telemetry.delivery;

import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sink.TelemetryException;

/**
 * Tells people what goes wrong in a lane: in status always, in the log once a minute and
 * cause; what has to be mended as a problem, until it is; what was refused for good in a
 * file to look at.
 */
final class DeliveryReport {

	private final String name;

	private final String target;

	private final DeliveryLedger ledger;

	private final WarningLimiter warnings;

	private final LaneSupport support;

	private long overflowTold;

	private boolean held;

	DeliveryReport(String name, String target, DeliveryLedger ledger, WarningLimiter warnings, LaneSupport support) {
		this.name = name;
		this.target = target;
		this.ledger = ledger;
		this.warnings = warnings;
		this.support = support;
	}

	/**
	 * A sink failed.
	 * @param failure what the sink threw
	 * @param kept how many events of the batch the sink did not take
	 * @param rejected how many it refused for good
	 * @param last whether those kept are not sent again, because the lane closes
	 */
	void failed(TelemetryException failure, int kept, int rejected, boolean last) {
		String what = String.valueOf(failure.getMessage());
		this.ledger.failed(what);
		this.warnings.warn(cause(failure, rejected > 0), subject() + what + outcome(kept, rejected, last));
	}

	/** The sink refused several events; which one is to blame is not known yet. */
	void searching(TelemetryException failure) {
		this.ledger.failed(String.valueOf(failure.getMessage()));
	}

	/** Nothing is sent until somebody mends something. */
	void held(String why) {
		this.held = true;
		this.ledger.failed(why);
		this.support.problems()
			.report(new Problem(property(), this.target, why,
					"mend what is named; events are kept, and it is tried again by itself"));
	}

	/** The sink has taken events: what had to be mended is mended. */
	void taken() {
		if (this.held) {
			this.held = false;
			this.support.problems().resolved(property());
		}
	}

	/** Keep an event that was refused for good. */
	void keep(Event event) throws TelemetryException {
		this.support.rejected().keep(this.name, event);
	}

	private String property() {
		return "sink " + this.name;
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

	private static String cause(TelemetryException failure, boolean lost) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return lost + failure.kind().name() + cause.getClass().getName();
	}

}
