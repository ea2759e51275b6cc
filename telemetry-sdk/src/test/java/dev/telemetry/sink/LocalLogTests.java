package dev.telemetry.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.storage.ProcessLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link LocalLog}. */
class LocalLogTests {

	private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private static final List<String> OTHERS = List.of("telemetry.log.01", "telemetry.log.1x", "telemetry.log.",
			"telemetry.log.1234567890", "telemetry.log.bak", "telemetry.logs", "other.log.1");

	@TempDir
	Path directory;

	@Test
	void filesListsOldestFirstAndOursOnly() throws Exception {
		create("telemetry.log", "telemetry.log.1", "telemetry.log.2", "telemetry.log.10");
		create(OTHERS.toArray(String[]::new));
		assertThat(log().files()).extracting((file) -> String.valueOf(file.getFileName()))
			.containsExactly("telemetry.log.10", "telemetry.log.2", "telemetry.log.1", "telemetry.log");
	}

	@Test
	void filesWhenNothingIsThereIsEmpty() throws Exception {
		assertThat(log().files()).isEmpty();
		LocalLog gone = new LocalLog(this.directory.resolve("gone/telemetry.log"));
		assertThat(gone.files()).isEmpty();
		gone.erase();
		gone.eraseBefore(NOON);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void eraseErasesOursOnly() throws Exception {
		create("telemetry.log", "telemetry.log.1", "telemetry.log.77");
		create(OTHERS.toArray(String[]::new));
		log().erase();
		assertThat(names()).containsExactlyInAnyOrderElementsOf(OTHERS);
	}

	@Test
	void eraseBeforeErasesFilesWhoseLastEventIsOlder() throws Exception {
		create("telemetry.log", "telemetry.log.1", "telemetry.log.2");
		modified("telemetry.log", NOON.plusSeconds(1));
		modified("telemetry.log.1", NOON);
		modified("telemetry.log.2", NOON.minusMillis(1));
		log().eraseBefore(NOON);
		assertThat(names()).containsExactlyInAnyOrder("telemetry.log", "telemetry.log.1", "telemetry.log.lock");
	}

	@Test
	void tryAcquireWhenHeldReturnsNullUntilClosed() throws Exception {
		Path file = log().lockFile();
		try (ProcessLock lock = ProcessLock.tryAcquire(file)) {
			assertThat(lock).isNotNull();
			assertThat(ProcessLock.tryAcquire(file)).isNull();
		}
		try (ProcessLock lock = ProcessLock.tryAcquire(file)) {
			assertThat(lock).isNotNull();
		}
	}

	private LocalLog log() {
		return new LocalLog(this.directory.resolve("telemetry.log"));
	}

	private void create(String... names) throws IOException {
		for (String name : names) {
			Files.createFile(this.directory.resolve(name));
		}
	}

	private void modified(String name, Instant time) throws IOException {
		Files.setLastModifiedTime(this.directory.resolve(name), FileTime.from(time));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> entries = Files.list(this.directory)) {
			return entries.map((entry) -> String.valueOf(entry.getFileName())).toList();
		}
	}

}
