package dev.telemetry.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.storage.ProcessLock;
import dev.telemetry.test.AbstractTelemetrySinkTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link FileSink}. */
@Tag("F-16")
@Tag("F-17")
@Tag("F-21")
@DisabledOnOs(OS.WINDOWS)
class FileSinkTests extends AbstractTelemetrySinkTests {

	@TempDir
	Path directory;

	private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

	@Override
	protected TelemetrySink sink() {
		return sink(LogRotation.DEFAULT);
	}

	private FileSink sink(LogRotation rotation) {
		return new FileSink(log(), rotation, this.now::get);
	}

	private static LogRotation ofSize(long maxSize, int maxHistory) {
		return new LogRotation(maxSize, maxHistory, Duration.ofDays(30));
	}

	@Override
	protected List<String> taken() throws IOException {
		LogLines lines = LogLines.of(log());
		assertThat(lines.torn()).isZero();
		return lines.names();
	}

	@Override
	protected boolean fail() throws IOException {
		Files.writeString(this.directory.resolve("home"), "a file where a directory should be");
		return true;
	}

	@Test
	void createTouchesNothing() {
		FileSink sink = sink(LogRotation.DEFAULT);
		sink.close();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void emitCreatesPrivateFilesInPrivateDirectories() throws Exception {
		FileSink sink = sink(ofSize(500, 3));
		sink.emitAll(events("e", 10));
		assertThat(permissions(log().resolveSibling("."))).isEqualTo("rwx------");
		assertThat(new LocalLog(log()).files()).hasSizeGreaterThan(2);
		for (Path file : new LocalLog(log()).files()) {
			assertThat(permissions(file)).isEqualTo("rw-------");
		}
		assertThat(permissions(log().resolveSibling("telemetry.log.lock"))).isEqualTo("rw-------");
	}

	@Test
	void emitWhenClosedFails() {
		FileSink sink = sink(LogRotation.DEFAULT);
		sink.close();
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> sink.emit(event("a")))
			.withMessage("the local log was not written: the sink is closed");
	}

	@Test
	void emitWhenLogIsLinkFailsAndLeavesItsTarget() throws Exception {
		Path victim = Files.writeString(this.directory.resolve("victim"), "untouched");
		Files.createDirectories(log().resolveSibling("."));
		Files.createSymbolicLink(log(), victim);
		FileSink sink = sink(LogRotation.DEFAULT);
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> sink.emit(event("a")))
			.withMessage("the local log was not written: it is a symbolic link");
		assertThat(victim).hasContent("untouched");
	}

	@Test
	void emitWhenCauseIsMendedGoesOn() throws Exception {
		FileSink sink = sink(LogRotation.DEFAULT);
		fail();
		assertThatExceptionOfType(TelemetryException.class).isThrownBy(() -> sink.emit(event("a")));
		Files.delete(this.directory.resolve("home"));
		sink.emit(event("b"));
		assertThat(taken()).containsExactly("b");
	}

	@Test
	void emitWhenLogWasMovedGoesOnInNewFile() throws Exception {
		FileSink sink = sink(LogRotation.DEFAULT);
		sink.emit(event("a"));
		Path moved = Files.move(log(), log().resolveSibling("telemetry.log-20261121"));
		sink.emit(event("b"));
		assertThat(LogLines.of(List.of(moved)).names()).containsExactly("a");
		assertThat(taken()).containsExactly("b");
	}

	@Test
	void emitWhenLogAndItsDirectoryWereDeletedCreatesThemAgain() throws Exception {
		FileSink sink = sink(LogRotation.DEFAULT);
		sink.emit(event("a"));
		Files.delete(log());
		Files.delete(log().resolveSibling("telemetry.log.lock"));
		Files.delete(this.directory.resolve("home"));
		sink.emit(event("b"));
		assertThat(taken()).containsExactly("b");
		assertThat(permissions(this.directory.resolve("home"))).isEqualTo("rwx------");
	}

	@Test
	void emitWhenLogWasCopiedAndTruncatedContinuesAtItsEndWithoutNuls() throws Exception {
		FileSink sink = sink(LogRotation.DEFAULT);
		sink.emitAll(events("a", 100));
		Path copy = Files.copy(log(), log().resolveSibling("copy"), StandardCopyOption.REPLACE_EXISTING);
		Files.writeString(log(), "");
		sink.emit(event("b"));
		assertThat(Files.readAllBytes(log())).startsWith('{').doesNotContain(0);
		assertThat(LogLines.of(List.of(copy, log())).names()).hasSize(101).endsWith("b");
	}

	@Test
	void emitWhenLastLineIsTornClosesItFirst() throws Exception {
		sink(LogRotation.DEFAULT).emitAll(events("e", 3));
		byte[] whole = Files.readAllBytes(log());
		for (int length = 0; length <= whole.length; length++) {
			Files.write(log(), Arrays.copyOf(whole, length));
			int before = LogLines.of(log()).names().size();
			FileSink sink = sink(LogRotation.DEFAULT);
			sink.emit(event("last"));
			sink.close();
			LogLines lines = LogLines.of(log());
			assertThat(lines.names()).hasSize(before + 1).endsWith("last");
			assertThat(lines.torn()).isLessThanOrEqualTo(1);
		}
	}

	@Test
	void emitWhenAnotherWriterLeftTornLineClosesItFirst() throws Exception {
		FileSink sink = sink(LogRotation.DEFAULT);
		sink.emit(event("a"));
		Files.writeString(log(), "{\"id\":", StandardOpenOption.APPEND);
		sink.emit(event("b"));
		assertThat(LogLines.of(log())).isEqualTo(new LogLines(List.of("a", "b"), 1));
	}

	@Test
	void emitWhenFullRotatesAndKeepsSizeAndCount() throws Exception {
		int lineLength = lineLength();
		FileSink sink = sink(ofSize(lineLength * 3L, 2));
		for (int number = 10; number < 22; number++) {
			sink.emit(event("e" + number));
		}
		assertThat(taken()).containsExactly("e13", "e14", "e15", "e16", "e17", "e18", "e19", "e20", "e21");
		assertThat(new LocalLog(log()).files()).hasSize(3)
			.allSatisfy((file) -> assertThat(file).hasSize(lineLength * 3L));
		assertThat(LogLines.of(List.of(log().resolveSibling("telemetry.log.1"))).names()).containsExactly("e16", "e17",
				"e18");
	}

	@Test
	void emitWhenBatchIsLargerThanFileSplitsItAtLines() throws Exception {
		FileSink sink = sink(ofSize(100_000, 100));
		sink.emitAll(events("e", 5000));
		assertThat(taken()).hasSize(5000).containsExactlyElementsOf(names(events("e", 5000)));
		assertThat(new LocalLog(log()).files()).hasSizeGreaterThan(5)
			.allSatisfy((file) -> assertThat(Files.size(file)).isLessThanOrEqualTo(100_000));
	}

	@Test
	void emitWhenEventIsLargerThanFileKeepsItWhole() throws Exception {
		FileSink sink = sink(ofSize(10, 2));
		sink.emitAll(events("e", 2));
		assertThat(taken()).containsExactly("e0", "e1");
		assertThat(new LocalLog(log()).files()).hasSize(2);
	}

	@Test
	void emitWhenHistoryIsZeroKeepsTheCurrentFileOnly() throws Exception {
		FileSink sink = sink(ofSize(lineLength() * 2L, 0));
		for (String name : List.of("e10", "e11", "e12")) {
			sink.emit(event(name));
		}
		assertThat(taken()).containsExactly("e12");
	}

	@Test
	void emitWhenFirstEventIsOldRotates() throws Exception {
		sink(LogRotation.DEFAULT).emit(event("old"));
		Files.setLastModifiedTime(log(), FileTime.from(NOON));
		this.now.set(NOON.plus(Duration.ofDays(5)));
		sink(LogRotation.DEFAULT).emit(event("same"));
		assertThat(log().resolveSibling("telemetry.log.1")).doesNotExist();
		Files.setLastModifiedTime(log(), FileTime.from(this.now.get()));
		this.now.set(NOON.plus(Duration.ofDays(5)).plusMillis(1));
		sink(LogRotation.DEFAULT).emit(event("new"));
		assertThat(taken()).containsExactly("old", "same", "new");
		assertThat(LogLines.of(List.of(log())).names()).containsExactly("new");
	}

	@Test
	void emitWhenRotatedFileIsTooOldErasesItBeforeItsFirstEventIsOlderThanTheAge() throws Exception {
		FileSink sink = sink(ofSize(lineLength(), 5));
		sink.emit(event("e10"));
		Files.setLastModifiedTime(log(), FileTime.from(NOON));
		this.now.set(NOON.plus(Duration.ofDays(25)));
		sink.emit(event("e11"));
		Files.setLastModifiedTime(log(), FileTime.from(this.now.get()));
		assertThat(taken()).containsExactly("e10", "e11");
		this.now.set(NOON.plus(Duration.ofDays(25)).plusMillis(1));
		sink.emit(event("e12"));
		assertThat(taken()).containsExactly("e11", "e12");
	}

	@Test
	void emitWhenHistoryShrankErasesTheRest() throws Exception {
		sink(ofSize(10, 9)).emitAll(events("e", 8));
		assertThat(taken()).hasSize(8);
		sink(ofSize(10, 2)).emit(event("last"));
		assertThat(taken()).containsExactly("e6", "e7", "last");
	}

	@Test
	void emitWhenSomebodyElseRotatesGoesOnWithoutRotating() throws Exception {
		FileSink sink = sink(ofSize(10, 9));
		sink.emit(event("a"));
		try (ProcessLock lock = ProcessLock.tryAcquire(new LocalLog(log()).lockFile())) {
			assertThat(lock).isNotNull();
			sink.emit(event("b"));
			assertThat(new LocalLog(log()).files()).containsExactly(log());
		}
		sink.emit(event("c"));
		assertThat(new LocalLog(log()).files()).hasSize(2);
		assertThat(taken()).containsExactly("a", "b", "c");
	}

	private int lineLength() throws Exception {
		Path other = this.directory.resolve("length/telemetry.log");
		FileSink sink = new FileSink(other, LogRotation.DEFAULT, this.now::get);
		sink.emit(event("e10"));
		sink.close();
		return (int) Files.size(other);
	}

	private Path log() {
		return this.directory.resolve("home/telemetry.log");
	}

	private static String permissions(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

}
