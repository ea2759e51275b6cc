package dev.telemetry.sink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for several {@link FileSink}s that append to one log while it is rotated. */
@Tag("F-17")
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class FileSinkConcurrencyTests {

	/** Long ago, so that files made by a test are never older than its clock says. */
	private static final Instant NOON = Instant.parse("2020-02-29T12:00:00Z");

	private static final int BATCHES = 200;

	private static final int BATCH = 50;

	/** Small files, and more of them than are ever needed: nothing may be missing. */
	private static final LogRotation ROTATION = new LogRotation(50_000, 10_000, Duration.ofDays(3650));

	@TempDir
	Path directory;

	@Test
	void emitWhenTwoSinksInOneProcessLosesAndTearsNothing() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			List<Future<Void>> writers = new ArrayList<>();
			for (String writer : List.of("a", "b")) {
				Callable<Void> task = () -> {
					Patience.meet("to write", start);
					write(log(), writer);
					return null;
				};
				writers.add(executor.submit(task));
			}
			for (Future<Void> writer : writers) {
				writer.get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertNothingIsMissing();
	}

	@Test
	void emitWhenTwoProcessesLosesAndTearsNothing() throws Exception {
		List<Process> writers = new ArrayList<>();
		for (String writer : List.of("a", "b")) {
			writers.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					System.getProperty("java.class.path"), Writer.class.getName(), log().toString(), writer)
				.inheritIO()
				.start());
		}
		for (Process writer : writers) {
			assertThat(Patience.exit("a writer", writer)).isZero();
		}
		assertNothingIsMissing();
	}

	@Test
	void linesWhenTornAreSeen() throws Exception {
		write(log(), "a");
		byte[] content = Files.readAllBytes(log());
		content[content.length / 2] = '\n';
		Files.write(log(), content);
		assertThat(LogLines.of(log()).torn()).isPositive();
		assertThat(LogLines.of(log()).names()).hasSizeLessThan(BATCHES * BATCH);
	}

	private void assertNothingIsMissing() throws Exception {
		LogLines lines = LogLines.of(log());
		assertThat(lines.torn()).isZero();
		assertThat(lines.names()).hasSize(2 * BATCHES * BATCH);
		assertThat(new HashSet<>(lines.names())).hasSize(2 * BATCHES * BATCH);
		assertThat(new LocalLog(log()).files()).hasSizeGreaterThan(20);
	}

	private Path log() {
		return this.directory.resolve("home/telemetry.log");
	}

	private static void write(Path log, String writer) throws TelemetryException {
		FileSink sink = new FileSink(log, ROTATION, () -> NOON);
		for (int batch = 0; batch < BATCHES; batch++) {
			sink.emitAll(batch(writer + batch + "."));
		}
		sink.close();
	}

	private static List<Event> batch(String prefix) {
		return IntStream.range(0, BATCH)
			.mapToObj((number) -> Event.builder(prefix + number)
				.origin(EventOrigin.of("demo-app", "1.0.0"))
				.timestamp(NOON)
				.build())
			.toList();
	}

	/** Writes in a process of its own. */
	static final class Writer {

		private Writer() {
		}

		public static void main(String[] args) throws TelemetryException {
			write(Path.of(args[0]), args[1]);
		}

	}

}
