package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LineRetention;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventRetention.Policy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import dev.telemetry.storage.ProcessLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the retention of each event in {@link RetentionSweeper}. */
class EventRetentionTests {

	private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	private final Problems problems = new Problems();

	private Instant now = START;

	@TempDir
	private Path directory;

	@Test
	@Tag("I28")
	void sweepErasesALineBeforeItIsOlderThanItsEventMayBe() throws Exception {
		append("telemetry.log", line("short.kept", START), line("other", START));
		TelemetrySpecRegistry registry = declared("short.kept", 2, Policy.DELETE);
		sweep(START.plus(Duration.ofDays(2)).minus(Duration.ofHours(2)), registry);
		assertThat(names("telemetry.log")).containsExactly("short.kept", "other");
		sweep(START.plus(Duration.ofDays(2)).minus(Duration.ofHours(1)), registry);
		assertThat(names("telemetry.log")).containsExactly("other");
		assertThat(this.problems.list()).isEmpty();
		assertThat(archive()).doesNotExist();
	}

	@Test
	void sweepReachesRotatedFilesAndKeepsTheTimeThatTellsTheirAge() throws Exception {
		Path rotated = append("telemetry.log.2", line("short.kept", START), line("other", START));
		append("telemetry.log", line("other", START.plus(Duration.ofDays(5))));
		FileTime written = FileTime.from(START.plusSeconds(5));
		Files.setLastModifiedTime(rotated, written);
		sweep(START.plus(Duration.ofDays(5)), declared("short.kept", 2, Policy.DELETE));
		assertThat(Files.getLastModifiedTime(rotated)).isEqualTo(written);
		assertThat(names("telemetry.log.2")).containsExactly("other");
		assertThat(names("telemetry.log")).containsExactly("other");
	}

	@Test
	@Tag("I28")
	void sweepMovesWhatIsArchivedIntoAFileOfOursAlone() throws Exception {
		append("telemetry.log", line("kept", START), line("other", START), line("kept", START.plusSeconds(1)));
		TelemetrySpecRegistry registry = declared("kept", 2, Policy.ARCHIVE);
		sweep(START.plus(Duration.ofDays(2)), registry);
		append("telemetry.log", line("kept", this.now));
		sweep(START.plus(Duration.ofDays(4)), registry);
		assertThat(names("telemetry.log")).containsExactly("other");
		assertThat(names("telemetry-archive.jsonl")).containsExactly("kept", "kept", "kept");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive()))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log()))).isEqualTo("rw-------");
	}

	@Test
	void sweepArchivesBeforeTheFileGoesForItsAge() throws Exception {
		Path rotated = append("telemetry.log.1", line("kept", START), line("other", START));
		Files.setLastModifiedTime(rotated, FileTime.from(START));
		TelemetrySpecRegistry registry = declared("kept", 365, Policy.ARCHIVE);
		for (int day = 0; day <= 30; day++) {
			sweep(START.plus(Duration.ofDays(day)), registry);
		}
		assertThat(rotated).doesNotExist();
		assertThat(names("telemetry-archive.jsonl")).containsExactly("kept");
	}

	@Test
	void sweepClosesALineThatWasTornInTheArchive() throws Exception {
		Files.writeString(archive(), "{\"torn");
		append("telemetry.log", line("kept", START));
		sweep(START.plus(Duration.ofDays(3)), declared("kept", 2, Policy.ARCHIVE));
		assertThat(Files.readAllLines(archive())).hasSize(2).first().isEqualTo("{\"torn");
	}

	@Test
	void sweepLeavesTornAndForeignLinesAsTheyAre() throws Exception {
		append("telemetry.log", "{\"torn\n", line("short.kept", START), "x".repeat(200_000) + "\n",
				line("other", START), "{\"half");
		sweep(START.plus(Duration.ofDays(3)), declared("short.kept", 2, Policy.DELETE));
		assertThat(Files.readString(log()))
			.isEqualTo("{\"torn\n" + "x".repeat(200_000) + "\n" + line("other", START) + "{\"half");
	}

	@Test
	void sweepWhileTheSinkIsOpenLosesNothingThatIsWrittenLater() throws Exception {
		FileSink sink = new FileSink(log(), LogRotation.DEFAULT, () -> this.now);
		sink.emit(event("short.kept", START));
		sweep(START.plus(Duration.ofDays(3)), declared("short.kept", 2, Policy.DELETE));
		sink.emit(event("other", this.now));
		sink.close();
		assertThat(names("telemetry.log")).containsExactly("other");
	}

	@Test
	@Timeout(60)
	void sweepWhileTheSinkWritesLosesNothing() throws Exception {
		int count = 1000;
		Instant written = START.plus(Duration.ofDays(3));
		FileSink sink = new FileSink(log(), LogRotation.DEFAULT, () -> written);
		Thread writer = new Thread(() -> {
			for (int i = 0; i < count; i++) {
				try {
					sink.emitAll(List.of(event("short.kept", START), event("other", START)));
				}
				catch (TelemetryException ex) {
					throw new IllegalStateException(ex);
				}
			}
		});
		LocalLog log = new LocalLog(log());
		LineRetention rule = new LineRetention(Duration.ofDays(2), false);
		writer.start();
		do {
			log.retain(Map.of("short.kept", rule), written);
		}
		while (writer.isAlive());
		Patience.end(writer);
		sink.close();
		log.retain(Map.of("short.kept", rule), written);
		assertThat(names("telemetry.log")).hasSize(count).containsOnly("other");
	}

	@Test
	void sweepOfTwoVersionsFollowsTheStricter() throws Exception {
		append("telemetry.log", line("kept", START));
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(
				List.of(definition("kept", "1", 1, Policy.ARCHIVE), definition("kept", "2", 9, Policy.DELETE)));
		sweep(START.plus(Duration.ofDays(8)), registry);
		assertThat(names("telemetry.log.1")).containsExactly("kept");
		sweep(START.plus(Duration.ofDays(9)), registry);
		assertThat(names("telemetry.log.1")).isEmpty();
		assertThat(archive()).doesNotExist();
	}

	@Test
	void sweepFollowsNoLink() throws Exception {
		Path elsewhere = Files.writeString(this.directory.resolve("elsewhere"), line("short.kept", START));
		Files.createSymbolicLink(log(), elsewhere);
		sweep(START.plus(Duration.ofDays(3)), declared("short.kept", 2, Policy.DELETE));
		assertThat(elsewhere).content().contains("short.kept");
		assertThat(this.problems.list()).hasSize(1);
	}

	@Test
	void sweepWhenTheArchiveIsALinkTakesNothingOutOfTheLog() throws Exception {
		Path elsewhere = Files.writeString(this.directory.resolve("elsewhere"), "");
		Files.createSymbolicLink(archive(), elsewhere);
		append("telemetry.log", line("kept", START));
		sweep(START.plus(Duration.ofDays(3)), declared("kept", 2, Policy.ARCHIVE));
		assertThat(elsewhere).isEmptyFile();
		assertThat(names("telemetry.log")).containsExactly("kept");
		assertThat(this.problems.list()).hasSize(1);
	}

	@Test
	void sweepWhileSomebodyElseRotatesDoesNothing() throws Exception {
		append("telemetry.log", line("short.kept", START));
		try (ProcessLock lock = ProcessLock.tryAcquire(this.directory.resolve("telemetry.log.lock"))) {
			assertThat(lock).isNotNull();
			sweep(START.plus(Duration.ofDays(3)), declared("short.kept", 2, Policy.DELETE));
		}
		assertThat(names("telemetry.log")).containsExactly("short.kept");
	}

	@Test
	void sweepErasesWhatACrashLeftUnfinished() throws Exception {
		Path unfinished = append("telemetry.log.1." + "0".repeat(32) + ".tmp", line("short.kept", START));
		append("telemetry.log", line("other", START));
		sweep(START.plus(Duration.ofDays(1)), declared("short.kept", 2, Policy.DELETE));
		assertThat(unfinished).doesNotExist();
	}

	@Test
	void eraseTakesTheArchiveAndWhatIsUnfinishedAlong() throws Exception {
		append("telemetry.log", line("kept", START));
		append("telemetry-archive.jsonl", line("kept", START));
		append("telemetry.log.4." + "0".repeat(32) + ".tmp", line("kept", START));
		new LocalLog(log()).erase();
		assertThat(this.directory).isEmptyDirectory();
	}

	private void sweep(Instant at, TelemetrySpecRegistry registry) {
		this.now = at;
		new RetentionSweeper(new LocalLog(log()), LogRotation.DEFAULT, registry, List.of(), () -> this.now, Thread::new,
				this.problems)
			.sweep();
	}

	private static TelemetrySpecRegistry declared(String name, int days, Policy policy) {
		return new TelemetrySpecRegistry(List.of(definition(name, "1", days, policy)));
	}

	private static EventDefinition definition(String name, String version, int days, Policy policy) {
		return EventDefinition.builder(name).version(version).retention(new EventRetention(days, policy)).build();
	}

	private Path append(String name, String... lines) throws IOException {
		Path file = this.directory.resolve(name);
		return Files.writeString(file, String.join("", lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static Event event(String name, Instant at) {
		return Event.builder(name).timestamp(at).build();
	}

	private static String line(String name, Instant at) {
		LineBuffer line = new LineBuffer(512);
		EventCodec.json().encode(Event.builder(name).id(new UUID(1, 2)).timestamp(at).build(), line);
		return new String(line.toByteArray(), StandardCharsets.UTF_8);
	}

	private List<String> names(String file) throws IOException {
		List<String> names = new ArrayList<>();
		for (byte[] line : Files.readAllLines(this.directory.resolve(file)).stream().map(String::getBytes).toList()) {
			names.add(EventCodec.json().decode(line, 0, line.length).name());
		}
		return names;
	}

	private Path log() {
		return this.directory.resolve("telemetry.log");
	}

	private Path archive() {
		return this.directory.resolve("telemetry-archive.jsonl");
	}

}
