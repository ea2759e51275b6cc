package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.telemetry.event.EventCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * F-13: processes under load are killed with {@code kill -9} again and again, while the
 * receiver comes and goes. What a process had brought to disk reaches the receiver.
 * {@code KILL_RUNS} says how many.
 */
@Tag("disk")
@Tag("F-13")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class KillRunsTests {

	private static final int RUNS = Integer.parseInt(System.getenv().getOrDefault("KILL_RUNS", "10"));

	@TempDir
	private Path home;

	@Test
	void killedProcessesLoseNothingThatWasOnDisk() throws Exception {
		KillRuns kills = new KillRuns(this.home, () -> {
		});
		kills.run("load", RUNS);
		assertThat(kills.lost()).as("lost").isEmpty();
		assertThat(kills.different()).as("duplicates that differ").isEmpty();
		assertThat(kills.durable()).as("the test sees something").hasSizeGreaterThan(RUNS * 20);
		assertThat(kills.batches()).as("files left").isZero();
		assertLogIsWhole();
	}

	/** The positive control: without the spill the same kills lose events. */
	@Test
	void killedProcessesWithoutSpillLoseEvents() throws Exception {
		KillRuns kills = new KillRuns(this.home, () -> {
		}).down();
		kills.run("memory", 2);
		assertThat(kills.lateAndLost()).isNotEmpty();
	}

	/** Each run may leave one torn line, its last; the next run's lines are whole. */
	private void assertLogIsWhole() throws IOException {
		List<String> lines = Files.readAllLines(this.home.resolve("telemetry.log"));
		int torn = 0;
		for (String line : lines) {
			byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
			try {
				EventCodec.json().decode(bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				torn++;
			}
		}
		System.out.println("Kill runs: log lines=" + lines.size() + " torn=" + torn);
		assertThat(torn).as("torn lines").isLessThanOrEqualTo(RUNS);
	}

}
