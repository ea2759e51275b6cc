package dev.telemetry.storage;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is synced, and when: the content before its name, and the name before anybody
 * hears that it was written. Power cuts show the same, where they can be made.
 */
@Tag("F-13b")
@DisabledOnOs(OS.WINDOWS)
class DurabilityTests {

	@TempDir
	private Path directory;

	private NotedDisk disk;

	@BeforeEach
	void note() {
		this.disk = new NotedDisk(this.directory);
	}

	@Test
	void writeSyncsTheContentThenRenamesThenSyncsTheName() throws Exception {
		PrivateFile.write(this.disk.path().resolve("consent.json"), new byte[3]);
		assertThat(this.disk.notes()).containsExactly("create consent.json.*.tmp", "sync consent.json.*.tmp",
				"rename consent.json.*.tmp to consent.json", "sync .");
	}

	@Test
	void writeInPiecesSyncsTheSameWay() throws Exception {
		PrivateFile.write(this.disk.path().resolve("telemetry.log"), FileTime.fromMillis(0), (channel) -> {
		});
		assertThat(this.disk.notes()).containsExactly("create telemetry.log.*.tmp", "sync telemetry.log.*.tmp",
				"rename telemetry.log.*.tmp to telemetry.log", "sync .");
	}

	@Test
	void writeThatNeedNotOutliveAPowerCutSyncsNothing() throws Exception {
		PrivateFile.write(this.disk.path().resolve("a.batch"), new byte[3], false);
		assertThat(this.disk.notes()).containsExactly("create a.batch.*.tmp", "rename a.batch.*.tmp to a.batch");
	}

	@Test
	void writeThatFailsSyncsNoName() throws Exception {
		Path file = this.disk.path().resolve("consent.json");
		PrivateFile.createDirectories(file.resolve("in the way"));
		this.disk.notes();
		try {
			PrivateFile.write(file, new byte[3]);
		}
		catch (java.io.IOException ex) {
			assertThat(this.disk.notes()).containsExactly("create consent.json.*.tmp", "sync consent.json.*.tmp",
					"delete consent.json.*.tmp");
			return;
		}
		throw new AssertionError("a directory was replaced");
	}

	@Test
	void createDirectoriesSyncsEachNewName() throws Exception {
		PrivateFile.createDirectories(this.disk.path().resolve("a/b"));
		assertThat(this.disk.notes()).containsExactly("create a", "sync .", "create a/b", "sync a");
		PrivateFile.createDirectories(this.disk.path().resolve("a/b"));
		assertThat(this.disk.notes()).isEmpty();
	}

	@Test
	void syncDirectorySyncsIt() throws Exception {
		PrivateFile.syncDirectory(this.disk.path());
		assertThat(this.disk.notes()).containsExactly("sync .");
	}

}
