package dev.telemetry.delivery;

import java.util.concurrent.TimeUnit;

import dev.telemetry.sdk.PowerCutDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes under load are killed and the power is cut, at any time: what was safe
 * arrives. {@code POWER_CUTS} says how often.
 */
@Tag("disk")
@Tag("F-13b")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class PowerCutTests {

	private static final int CUTS = Integer.parseInt(System.getenv().getOrDefault("POWER_CUTS", "5"));

	@RegisterExtension
	private final PowerCutDisk disk = new PowerCutDisk();

	@Test
	void powerCutsLoseNothingThatWasSynced() throws Exception {
		KillRuns cuts = new KillRuns(this.disk.path().resolve("home"), this.disk::cut);
		cuts.run("load", CUTS);
		assertThat(cuts.lost()).as("lost").isEmpty();
		assertThat(cuts.different()).as("duplicates that differ").isEmpty();
		assertThat(cuts.durable()).as("the test sees something").hasSizeGreaterThan(CUTS * 20);
		assertThat(cuts.batches()).as("files left").isZero();
	}

	/** The positive control: what is not synced is lost. */
	@Test
	void powerCutsWithoutSyncLoseEvents() throws Exception {
		KillRuns cuts = new KillRuns(this.disk.path().resolve("home"), this.disk::cut).down();
		cuts.run("unsynced", 1);
		assertThat(cuts.lost()).isNotEmpty();
	}

}
