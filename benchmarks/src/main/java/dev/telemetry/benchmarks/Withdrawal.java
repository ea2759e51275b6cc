package dev.telemetry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.telemetry.delivery.DeliveryMode;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.event.Event;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * What a full buffer occupies, how long a withdrawal takes with it and a sink that hangs
 * until it is aborted, and how long it takes to erase what waits on disk.
 */
final class Withdrawal {

	private static final int MILLION = 1_000_000;

	private static final int BATCH = 512;

	private final Path directory;

	private final int events;

	private final int files;

	Withdrawal(Path directory, int events) {
		this.directory = directory;
		this.events = Math.min(events, MILLION);
		this.files = this.events / 1000;
	}

	List<Row> run() throws IOException {
		List<Row> rows = new ArrayList<>();
		rows.addAll(queued(Texts.CONST));
		rows.addAll(queued(Texts.FRESH));
		rows.add(wiped());
		return rows;
	}

	private List<Row> queued(Texts texts) {
		HangingSink sink = new HangingSink();
		String topic = this.events + " queued, " + texts.name().toLowerCase(java.util.Locale.ROOT);
		try (Ours ours = new Ours(sink.factory(true), false, MILLION, 512, null)) {
			long before = used();
			for (int done = 0; done < this.events; done += 20_000) {
				String[][] values = texts.burst(20_000);
				for (int i = 0; i < 20_000; i++) {
					ours.record(Ours.ORDER_PLACED, values[i], i);
				}
			}
			long occupied = used() - before;
			long waiting = ours.status().pending();
			long begun = System.nanoTime();
			ours.gate().disable("command");
			double millis = (System.nanoTime() - begun) / 1e6;
			return List.of(new Row(topic + ", heap", "ours", occupied / 1e6, "MB", "pending " + waiting),
					new Row(topic + ", withdrawal from a sink that hangs", "ours", millis, "ms", ""));
		}
	}

	private Row wiped() throws IOException {
		Path home = Files.createTempDirectory(this.directory, "home");
		Spill spill = new Spill(Home.chosen(home),
				new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 1L << 32, Duration.ofDays(7), false));
		HangingSink sink = new HangingSink();
		try (Ours ours = new Ours(sink.factory(true), false, MILLION, 512, spill)) {
			String[][] values = Texts.MIXED.burst(BATCH);
			long deadline = System.nanoTime() + Ours.LONG.toNanos();
			while (ours.status().spilledFiles() < this.files && System.nanoTime() < deadline) {
				for (int i = 0; i < BATCH; i++) {
					ours.record(Ours.ORDER_PLACED, values[i], i);
				}
				java.util.concurrent.locks.LockSupport.parkNanos(100_000);
			}
			long files = ours.status().spilledFiles();
			long begun = System.nanoTime();
			ours.gate().disable("command");
			return new Row("withdrawal that erases spill files", "ours", (System.nanoTime() - begun) / 1e6, "ms",
					files + " files");
		}
	}

	private static long used() {
		Runtime runtime = Runtime.getRuntime();
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return runtime.totalMemory() - runtime.freeMemory();
	}

	/** Takes nothing until it is aborted. */
	private static final class HangingSink implements TelemetrySink {

		private final CountDownLatch aborted = new CountDownLatch(1);

		TelemetrySinkFactory factory(boolean remote) {
			return new Hanging(this, remote);
		}

		@Override
		public void emit(Event event) throws TelemetryException {
			emitAll(List.of(event));
		}

		@Override
		public void emitAll(List<Event> events) throws TelemetryException {
			@Nullable Throwable cause = null;
			try {
				this.aborted.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				cause = ex;
			}
			throw new TelemetryException(TelemetryException.Kind.IO, "it was aborted", true, cause);
		}

		@Override
		public void abort() {
			this.aborted.countDown();
		}

	}

	/**
	 * Makes it.
	 *
	 * @param sink the sink
	 * @param remote whether it counts as one on another machine
	 */
	private record Hanging(TelemetrySink sink, boolean remote) implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "hanging";
		}

		@Override
		public String target() {
			return "hanging";
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			return this.sink;
		}

	}

}
