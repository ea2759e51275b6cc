package dev.telemetry.deletion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.delivery.RejectedFiles;
import dev.telemetry.delivery.Spill;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.sink.LocalLog;

/**
 * What a reset erases beside the ids that were sent, in this order: what was recorded
 * first, the secret of the installation last.
 */
@Internal
public final class HomeErasures {

	private HomeErasures() {
	}

	/**
	 * Return what is to be erased of logs outside of a home.
	 * @param logs the local logs
	 * @return the steps
	 */
	public static List<Erasure> of(Collection<Path> logs) {
		List<Erasure> erasures = new ArrayList<>();
		logs.forEach((log) -> erasures.add(new Erasure("local log", new LocalLog(log)::erase)));
		return erasures;
	}

	/**
	 * Return what is to be erased of an installation with a home.
	 * @param logs the local logs
	 * @param spill what waits to be sent
	 * @param rejected what destinations refused
	 * @param machineIds knows the secret of the installation
	 * @return the steps
	 */
	public static List<Erasure> of(Collection<Path> logs, Spill spill, RejectedFiles rejected,
			MachineIdSource machineIds) {
		List<Erasure> erasures = of(logs);
		erasures.add(new Erasure("spill", spill::erase));
		erasures.add(new Erasure("rejected events", rejected::erase));
		erasures.add(new Erasure("install secret", machineIds::forget));
		return erasures;
	}

}
