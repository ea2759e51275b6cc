package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.HomeErasures;
import dev.telemetry.deletion.RetentionSweeper;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.RejectedEvents;
import dev.telemetry.delivery.RejectedFiles;
import dev.telemetry.delivery.Spill;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import dev.telemetry.storage.AgeClock;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in the home beside the record of consent. Nothing is read or written until
 * it is asked for.
 */
final class TelemetryStorage {

	/** Tells how old files are. */
	private static final InstantSource AGE = AgeClock.of(InstantSource.system());

	private final TelemetrySettings settings;

	private final @Nullable MachineIdSource machineIds;

	private final @Nullable IdJournal journal;

	private final @Nullable Spill spill;

	private final @Nullable RejectedFiles rejected;

	TelemetryStorage(TelemetrySettings settings) {
		this.settings = settings;
		Home home = settings.home();
		TelemetrySettings.MachineId id = settings.machineId();
		this.machineIds = (home != null) ? new MachineIdSource(id.mode(), id.salt(), home) : null;
		this.journal = (home != null) ? new IdJournal(home, InstantSource.system()) : null;
		this.spill = (home != null) ? new Spill(home, settings.delivery().spill()) : null;
		TelemetrySettings.LocalLog log = settings.sinks().file();
		Duration maxAge = (log != null) ? log.maxAge() : LogRotation.DEFAULT.maxAge();
		this.rejected = (home != null) ? new RejectedFiles(home, maxAge, AGE) : null;
	}

	@Nullable MachineIdSource machineIds() {
		return this.machineIds;
	}

	@Nullable IdJournal journal() {
		return this.journal;
	}

	@Nullable Spill spill() {
		return this.spill;
	}

	RejectedEvents rejected() {
		return (this.rejected != null) ? this.rejected : RejectedEvents.NONE;
	}

	@Nullable RetentionSweeper sweeper(TelemetrySpecRegistry registry, Problems problems) {
		TelemetrySettings.LocalLog log = this.settings.sinks().file();
		DeliveryRuntime runtime = DeliveryRuntime.system();
		return (log != null)
				? new RetentionSweeper(new LocalLog(log.path()),
						new LogRotation(log.maxBytes(), log.maxHistory(), log.maxAge()), registry,
						(this.rejected != null) ? List.of(this.rejected) : List.of(), AGE, runtime.threads(), problems)
				: null;
	}

	List<Erasure> erasures() {
		return (this.spill != null && this.rejected != null && this.machineIds != null)
				? HomeErasures.of(logs(), this.spill, this.rejected, this.machineIds) : HomeErasures.of(logs());
	}

	/**
	 * The log that is written, and the one in the home, which may be of an earlier
	 * setting.
	 */
	Set<Path> logs() {
		Set<Path> logs = new LinkedHashSet<>();
		TelemetrySettings.LocalLog log = this.settings.sinks().file();
		if (log != null) {
			logs.add(log.path());
		}
		Home home = this.settings.home();
		if (home != null) {
			logs.add(home.resolve("telemetry.log"));
		}
		return logs;
	}

	SentIds sentIds() {
		return (this.journal != null) ? SentIds.of(this.journal) : SentIds.NONE;
	}

}
