package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentSource;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetentionSweeper}. */
class RetentionSweeperTests {

	private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	private final List<Thread> threads = new ArrayList<>();

	private final Problems problems = new Problems();

	private volatile Instant now = START;

	@TempDir
	private Path directory;

	@Test
	void sweepWhenNothingIsWrittenAnyMoreLetsEveryEventGoInTime() throws Exception {
		write(LogRotation.DEFAULT, START);
		RetentionSweeper sweeper = sweeper(LogRotation.DEFAULT);
		for (int day = 0; day <= 30; day++) {
			this.now = START.plus(Duration.ofDays(day));
			sweeper.sweep();
			if (day < 25) {
				assertThat(events()).as("day " + day).isEqualTo(1);
			}
		}
		assertThat(events()).isZero();
		assertThat(this.problems.list()).isEmpty();
	}

	@Test
	void sweepWhenNoRotatedFilesAreKeptLetsTheCurrentOneGo() throws Exception {
		LogRotation rotation = new LogRotation(1024, 0, Duration.ofDays(30));
		write(rotation, START);
		this.now = START.plus(Duration.ofDays(30));
		sweeper(rotation).sweep();
		assertThat(events()).isEqualTo(1);
		this.now = this.now.plusSeconds(1);
		sweeper(rotation).sweep();
		assertThat(events()).isZero();
	}

	@Test
	void sweepWhileTheSinkIsOpenLosesNothingThatIsWrittenLater() throws Exception {
		try (OpenSink sink = new OpenSink(LogRotation.DEFAULT)) {
			sink.emit();
			this.now = START.plus(Duration.ofDays(40));
			sweeper(LogRotation.DEFAULT).sweep();
			sweeper(LogRotation.DEFAULT).sweep();
			sink.emit();
		}
		assertThat(Files.readAllLines(log())).singleElement().asString().contains("2026-12-11");
	}

	@Test
	void sweepWhenThereIsNoLogCreatesNothing() {
		sweeper(LogRotation.DEFAULT).sweep();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	@Timeout(60)
	void threadExistsWhileTheGateIsOpenOnly() throws Exception {
		write(LogRotation.DEFAULT, START);
		this.now = START.plus(Duration.ofDays(26));
		try (ConsentGate gate = ConsentGate.builder(ConsentStore.file(Home.chosen(this.directory), "demo-app"))
			.tool("demo-app")
			.sources(List.<ConsentSource>of())
			.build()) {
			gate.addListener(sweeper(LogRotation.DEFAULT));
			gate.refresh();
			assertThat(this.threads).isEmpty();
			assertThat(events()).isEqualTo(1);
			gate.enable(ConsentScope.LOCAL, null, "command");
			Thread thread = this.threads.get(0);
			assertThat(thread.isDaemon()).isTrue();
			while (Files.exists(log()) || Files.exists(log().resolveSibling("telemetry.log.1"))) {
				// The sweep at the opening of the session runs on that thread
				Thread.onSpinWait();
			}
			gate.disable("command");
			thread.join();
			assertThat(events()).isZero();
		}
		assertThat(this.threads).hasSize(1);
	}

	private RetentionSweeper sweeper(LogRotation rotation) {
		return new RetentionSweeper(new LocalLog(log()), rotation, new TelemetrySpecRegistry(List.of()), List.of(),
				() -> this.now, (task) -> {
					Thread thread = new Thread(task);
					this.threads.add(thread);
					return thread;
				}, this.problems);
	}

	private void write(LogRotation rotation, Instant at) throws Exception {
		this.now = at;
		try (OpenSink sink = new OpenSink(rotation)) {
			sink.emit();
		}
		Files.setLastModifiedTime(log(), FileTime.from(at));
	}

	private Path log() {
		return this.directory.resolve("telemetry.log");
	}

	private int events() throws IOException {
		int count = 0;
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((file) -> file.getFileName().toString().matches("telemetry\\.log(\\.\\d)?"))
				.toList()) {
				count += Files.readAllLines(file).size();
			}
		}
		catch (NoSuchFileException ex) {
			// Erased between our listing it and reading it
			return events();
		}
		return count;
	}

	/** The sink of the local log, open. */
	private final class OpenSink implements AutoCloseable {

		private final FileSink sink;

		OpenSink(LogRotation rotation) {
			this.sink = new FileSink(log(), rotation, () -> RetentionSweeperTests.this.now);
		}

		void emit() throws Exception {
			this.sink.emit(Event.builder("order.placed").timestamp(RetentionSweeperTests.this.now).build());
		}

		@Override
		public void close() {
			this.sink.close();
		}

	}

}
