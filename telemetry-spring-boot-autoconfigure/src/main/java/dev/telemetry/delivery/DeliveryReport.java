package dev.telemetry.delivery;

import java.util.EnumMap;
import java.util.Map;

import dev.telemetry.sink.TelemetryException;

/**
 * Tells people what goes wrong in a lane: in status always, in the log once a minute and
 * cause.
 */
final class DeliveryReport {

	private final String name;

	private final String target;

	private final boolean durable;

	private final DeliveryLedger ledger;

	private final WarningLimiter warnings;

	private final Map<LossReason, Long> told = new EnumMap<>(LossReason.class);

	/**
	 * Create a report.
	 * @param name the name of the sink
	 * @param target where events go
	 * @param durable whether events wait on disk
	 * @param ledger knows what was lost
	 * @param warnings takes the warnings
	 */
	DeliveryReport(String name, String target, boolean durable, DeliveryLedger ledger, WarningLimiter warnings) {
		this.name = name;
		this.target = target;
		this.durable = durable;
		this.ledger = ledger;
		this.warnings = warnings;
	}

	/**
	 * A sink failed. Of what it threw only our own exception's message is shown: any
	 * other may quote the payload.
	 * @param failure what the sink threw
	 * @param kept how many events of the batch the sink did not take
	 * @param rejected how many it refused for good
	 * @param last whether those kept are not sent again by this lane, because it closes
	 */
	void failed(Throwable failure, int kept, int rejected, boolean last) {
		String what = (failure instanceof TelemetryException) ? String.valueOf(failure.getMessage())
				: "the sink threw " + failure.getClass().getName();
		this.ledger.failed(what);
		this.warnings.warn(cause(failure, rejected > 0), subject() + what + outcome(kept, rejected, last));
	}

	private String outcome(int kept, int rejected, boolean last) {
		if (rejected > 0) {
			return "; " + rejected + " events were rejected";
		}
		if (kept == 0) {
			return "";
		}
		String lastly = this.durable ? " events wait for the next start" : " events were not delivered";
		return "; " + kept + (last ? lastly : " events wait for the next try");
	}

	/** Events may have been lost outside of sending; called by the collecting thread. */
	void lost() {
		lost(LossReason.BUFFER_FULL, "the buffer was full; ");
		lost(LossReason.EVENT_TOO_LARGE, "their lines are too long; ");
		lost(LossReason.SPILL_QUOTA, "more waited on disk than telemetry.spill.max-size allows; ");
		lost(LossReason.SPILL_AGE, "they waited longer than telemetry.spill.max-age allows; ");
		lost(LossReason.DISK_ERROR, "the disk failed; ");
		lost(LossReason.CORRUPT, "files in the spill are damaged; ");
	}

	private void lost(LossReason reason, String why) {
		long now = this.ledger.count(reason);
		long before = this.told.getOrDefault(reason, 0L);
		if (now > before) {
			this.warnings.warn(reason.key(), subject() + why + (now - before) + " events were dropped");
			this.told.put(reason, now);
		}
	}

	/** The spill cannot be used; of the failure only its class is told. */
	void notSpilled(Throwable failure) {
		this.warnings.warn("spill" + failure.getClass().getName(),
				subject() + "cannot use the directory 'spill' in telemetry.home (" + failure.getClass().getSimpleName()
						+ "); events wait in memory. Look at its free space and permissions");
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
