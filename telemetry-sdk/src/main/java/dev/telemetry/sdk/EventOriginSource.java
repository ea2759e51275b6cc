package dev.telemetry.sdk;

import java.io.IOException;

import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.pipeline.Pseudonyms;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Makes what all events of a session have in common. The identifier of the installation
 * is derived here, after the grant, and not before.
 *
 * @param tool the name of the tool
 * @param toolVersion its version
 * @param runtime where it runs
 * @param machineIds provides the identifier, or {@code null} if there is none
 * @param problems told when there is no identifier to be had
 */
record EventOriginSource(String tool, String toolVersion, RuntimeFields runtime, @Nullable MachineIdSource machineIds,
		Problems problems) {

	EventOrigin forSession(ConsentSession session) {
		RuntimeFields where = session.restricted() ? RuntimeFields.NONE : this.runtime;
		return new EventOrigin(this.tool, this.toolVersion, session.restricted() ? null : machineId(), session.id(),
				where.os(), where.arch(), where.javaVersion());
	}

	/** Make pseudonyms, or none where there must not be an identifier or cannot be. */
	@Nullable Pseudonyms pseudonyms(ConsentSession session) {
		if (session.restricted()) {
			return null;
		}
		try {
			byte @Nullable [] key = (this.machineIds != null) ? this.machineIds.pseudonymKey() : null;
			return (key != null) ? new Pseudonyms(key) : null;
		}
		catch (IOException ex) {
			this.problems.report(new Problem("telemetry.home", null,
					"pseudonyms cannot be made, so what would be hashed is masked: " + ex.getMessage(),
					"make telemetry.home writable"));
			return null;
		}
	}

	private @Nullable String machineId() {
		try {
			return (this.machineIds != null) ? this.machineIds.get() : null;
		}
		catch (IOException ex) {
			this.problems.report(new Problem("telemetry.machine-id.mode", null,
					"the identifier cannot be made, so events bear none: " + ex.getMessage(),
					"make telemetry.home writable or set telemetry.machine-id.mode to none"));
			return null;
		}
	}

}
