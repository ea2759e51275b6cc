package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.consent.gate.ConsentSource;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LocalLog;
import dev.telemetry.sink.LocalStore;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetentionSweeper}. */
class RetentionSweeperTests {

	private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	private final List<Thread> threads = new ArrayList<>();

	private final Problems problems = new Problems();

	private final List<Instant> limits = Collections.synchronizedList(new ArrayList<>());

	private volatile boolean scarce;

	private volatile boolean failing;

	/** Holds a sweep until it is opened. */
	private volatile CountDownLatch erasing = new CountDownLatch(0);

	private final List<ConsentGate> gates = new ArrayList<>();

	private volatile Instant now = START;

	@TempDir
	private Path directory;

	@AfterEach
	void closeGates() {
		this.gates.forEach(ConsentGate::close);
	}

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
			// The sweep at the opening of the session runs on that thread
			Patience.until("the old events are erased",
					() -> Files.notExists(log()) && Files.notExists(log().resolveSibling("telemetry.log.1")));
			gate.disable("command");
			Patience.end(thread);
			assertThat(events()).isZero();
		}
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void openedWithoutAThreadSaysSoAndIsRetriedWhileTheSessionLasts() {
		ConsentSession session = session();
		RetentionSweeper sweeper = sweeper(LogRotation.DEFAULT);
		this.scarce = true;
		sweeper.opened(session);
		sweeper.retry();
		assertThat(this.problems.list()).extracting(Problem::property).containsExactly("thread telemetry-retention");
		this.scarce = false;
		sweeper.retry();
		assertThat(this.problems.list()).isEmpty();
		assertThat(this.threads).singleElement().extracting(Thread::getName).isEqualTo("telemetry-retention");
		sweeper.closing(session);
		sweeper.closed(session);
		sweeper.retry();
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void closedKeepsAnInterruptOfItsCaller() throws Exception {
		ConsentSession session = session();
		RetentionSweeper sweeper = sweeper(LogRotation.DEFAULT);
		this.erasing = new CountDownLatch(1);
		sweeper.opened(session);
		Thread.currentThread().interrupt();
		sweeper.closing(session);
		sweeper.closed(session);
		assertThat(Thread.interrupted()).isTrue();
		this.erasing.countDown();
		Patience.end(this.threads.get(0));
	}

	@Test
	void sweepReachesOtherStoresAndAProblemGoesWithItsCause() {
		this.now = START;
		RetentionSweeper sweeper = sweeper(LogRotation.DEFAULT);
		this.failing = true;
		sweeper.sweep();
		assertThat(this.problems.list()).extracting(Problem::property).containsExactly("telemetry.file.max-age");
		this.failing = false;
		sweeper.sweep();
		assertThat(this.problems.list()).isEmpty();
		assertThat(this.limits).containsExactly(START.minus(LogRotation.DEFAULT.maxAge()));
	}

	private ConsentSession session() {
		ConsentGate gate = ConsentGate.builder(ConsentStore.file(Home.chosen(this.directory), "demo-app"))
			.tool("demo-app")
			.sources(List.<ConsentSource>of())
			.build();
		this.gates.add(gate);
		gate.enable(ConsentScope.LOCAL, null, "command");
		ConsentSession session = gate.session();
		assertThat(session).isNotNull();
		return session;
	}

	private RetentionSweeper sweeper(LogRotation rotation) {
		return new RetentionSweeper(new LocalLog(log()), rotation, new TelemetrySpecRegistry(List.of()),
				List.of(new OtherStore()), () -> this.now, (task) -> {
					if (this.scarce) {
						throw new OutOfMemoryError("unable to create native thread");
					}
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

	/** Keeps nothing, and notes what it is asked to erase. */
	private final class OtherStore implements LocalStore {

		@Override
		public void erase() {
		}

		@Override
		public void eraseBefore(Instant limit) throws IOException {
			if (RetentionSweeperTests.this.failing) {
				throw new IOException("disk");
			}
			awaitErasing();
			RetentionSweeperTests.this.limits.add(limit);
		}

	}

	private void awaitErasing() throws IOException {
		try {
			Patience.await("the end of the sweep", this.erasing);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
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
