package dev.telemetry.delivery;

import java.nio.file.FileSystemException;
import java.util.EnumMap;
import java.util.Map;

import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/**
 * Tells people what goes wrong in a lane: in status always, in the log once a minute and
 * cause; what has to be fixed as a problem, until it is; what was refused for good in a
 * file to look at.
 */
final class DeliveryReport {

	private final String name;

	private final String target;

	private final boolean durable;

	private final DeliveryLedger ledger;

	private final WarningLimiter warnings;

	private final LaneSupport support;

	private final Map<DropReason, Long> told = new EnumMap<>(DropReason.class);

	private boolean held;

	/**
	 * Create a report.
	 * @param name the name of the sink
	 * @param target where events go
	 * @param durable whether events wait on disk
	 * @param ledger knows what was lost
	 * @param warnings takes the warnings
	 * @param support takes what is refused, and problems
	 */
	DeliveryReport(String name, String target, boolean durable, DeliveryLedger ledger, WarningLimiter warnings,
			LaneSupport support) {
		this.name = name;
		this.target = target;
		this.durable = durable;
		this.ledger = ledger;
		this.warnings = warnings;
		this.support = support;
	}

	/**
	 * A sink failed.
	 * @param failure what the sink threw
	 * @param kept how many events of the batch the sink did not take
	 * @param rejected how many it refused for good
	 * @param last whether those not taken are not sent again by this lane, because it
	 * closes
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

	/** Nothing is sent until the cause is fixed. */
	void held(String why) {
		this.held = true;
		this.ledger.failed(why);
		this.support.problems()
			.report(new Problem(property(), this.target, why,
					"fix what is named; events are kept, and it is tried again by itself"));
	}

	/** The sink has taken events: what had to be fixed is fixed. */
	void taken() {
		if (this.held) {
			this.held = false;
			this.support.problems().resolved(property());
		}
	}

	/** Store an event that was refused for good. */
	void keep(Event event) throws TelemetryException {
		this.support.rejected().keep(this.name, event);
	}

	private String property() {
		return "sink " + this.name;
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
		lost(DropReason.BUFFER_FULL, "the buffer was full; ");
		lost(DropReason.EVENT_TOO_LARGE, "their lines are too long; ");
		lost(DropReason.SPILL_QUOTA, "more waited on disk than telemetry.spill.max-size allows; ");
		lost(DropReason.SPILL_AGE, "they waited longer than telemetry.spill.max-age allows; ");
		lost(DropReason.DISK_ERROR, "the disk failed; ");
		lost(DropReason.CORRUPT, "files in the spill are damaged; ");
	}

	private void lost(DropReason reason, String why) {
		long now = this.ledger.count(reason);
		long before = this.told.getOrDefault(reason, 0L);
		if (now > before) {
			this.warnings.warn(reason.key(), subject() + why + (now - before) + " events were dropped");
			this.told.put(reason, now);
		}
	}

	/**
	 * The spill cannot be used; of the failure its class is told, or what the file system
	 * says, never a path.
	 */
	void notSpilled(Throwable failure) {
		@Nullable String said = (failure instanceof FileSystemException ex) ? ex.getReason() : null;
		this.warnings.warn("spill" + failure.getClass().getName(),
				subject() + "cannot use the directory 'spill' in telemetry.home ("
						+ ((said != null) ? said : failure.getClass().getSimpleName())
						+ "); events wait in memory. Look at its owner, free space and permissions");
	}

	private String subject() {
		return "Telemetry sink '" + this.name + "' (" + this.target + "): ";
	}

	private static String cause(TelemetryException failure, boolean lost) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		return lost + failure.kind().name() + cause.getClass().getName();
	}

}
