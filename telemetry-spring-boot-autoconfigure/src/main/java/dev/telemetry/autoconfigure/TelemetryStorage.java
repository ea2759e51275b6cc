package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.deletion.Erasure;
import dev.telemetry.deletion.SentIds;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in the home beside the record of consent. Nothing is read or written until
 * it is asked for.
 */
final class TelemetryStorage {

	private final TelemetrySettings settings;

	private final @Nullable MachineIdSource machineIds;

	private final @Nullable IdJournal journal;

	TelemetryStorage(TelemetrySettings settings) {
		this.settings = settings;
		Home home = settings.home();
		TelemetrySettings.MachineId id = settings.machineId();
		this.machineIds = (home != null) ? new MachineIdSource(id.mode(), id.salt(), home) : null;
		this.journal = (home != null) ? new IdJournal(home, InstantSource.system()) : null;
	}

	@Nullable MachineIdSource machineIds() {
		return this.machineIds;
	}

	@Nullable IdJournal journal() {
		return this.journal;
	}

	List<Erasure> erasures() {
		List<Erasure> erasures = new ArrayList<>();
		TelemetrySettings.LocalLog log = this.settings.sinks().file();
		if (log != null) {
			erasures.add(new Erasure("local log", new LocalLog(log.path())::erase));
		}
		if (this.machineIds != null) {
			erasures.add(new Erasure("install secret", this.machineIds::forget));
		}
		return erasures;
	}

	SentIds sentIds() {
		IdJournal ids = this.journal;
		return new SentIds() {

			@Override
			public List<String> ids() throws IOException {
				return (ids != null) ? List.copyOf(ids.ids()) : List.of();
			}

			@Override
			public void erase() throws IOException {
				if (ids != null) {
					ids.erase();
				}
			}

		};
	}

}
