package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.Path;

import dev.telemetry.PowerCutDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes under load are killed and the power is cut, at any time: what was safe
 * arrives. {@code POWER_CUTS} says how often.
 */
@Tag("F-13b")
class PowerCutTests {

	private static final int CUTS = Integer.parseInt(System.getenv().getOrDefault("POWER_CUTS", "5"));

	@TempDir(cleanup = CleanupMode.NEVER)
	private Path directory;

	private PowerCutDisk disk;

	@BeforeEach
	void mount() throws IOException {
		this.disk = PowerCutDisk.mount(this.directory);
	}

	@AfterEach
	void unmount() {
		if (this.disk != null) {
			this.disk.close();
		}
	}

	@Test
	void powerCutsLoseNothingThatWasSynced() throws Exception {
		KillRuns cuts = new KillRuns(this.disk.home(), this.disk::cut);
		cuts.run("load", CUTS);
		assertThat(cuts.lost()).as("lost").isEmpty();
		assertThat(cuts.different()).as("duplicates that differ").isEmpty();
		assertThat(cuts.durable()).as("the test sees something").hasSizeGreaterThan(CUTS * 20);
		assertThat(cuts.batches()).as("files left").isZero();
	}

	/** The positive control: what is not synced is lost. */
	@Test
	void powerCutsWithoutSyncLoseEvents() throws Exception {
		KillRuns cuts = new KillRuns(this.disk.home(), this.disk::cut).down();
		cuts.run("unsynced", 1);
		assertThat(cuts.lost()).isNotEmpty();
	}

}
