package dev.telemetry.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.telemetry.delivery.DeliveryMode;
import dev.telemetry.delivery.Spill;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.sent.SentRecorder;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import dev.telemetry.storage.Home;
import io.opentelemetry.exporter.logging.otlp.internal.logs.OtlpStdoutLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;

/**
 * From the caller to a file, or to a receiver in another process: events per second and
 * processor time of this process for each, all threads together. What arrived is counted
 * afterwards; the caller waits for the queue after each burst, so that nothing may be
 * lost.
 */
final class EndToEnd {

	private static final int BURST = 20_000;

	/** No rotation: all lines are to be counted. */
	private static final LogRotation WHOLE = new LogRotation(1L << 40, 5, Duration.ofDays(30));

	private final Path directory;

	private final int events;

	private final List<Row> rows = new ArrayList<>();

	EndToEnd(Path directory, int events) {
		this.directory = directory;
		this.events = events;
	}

	List<Row> run() throws Exception {
		for (Texts texts : List.of(Texts.CONST, Texts.MIXED)) {
			files(texts);
		}
		try (Receiver receiver = Receiver.start()) {
			for (boolean gzip : List.of(false, true)) {
				receivers(receiver, gzip);
			}
		}
		return this.rows;
	}

	private void files(Texts texts) throws Exception {
		String topic = "file, " + texts.name().toLowerCase(java.util.Locale.ROOT);
		Path ours = file("ours");
		measure(topic, "ours", texts, new OursPeer(new ToFile(ours), null), () -> lines(ours));
		Path otel = file("otel");
		OutputStream toOtel = stream(otel);
		measure(topic, "OpenTelemetry JSON", texts, new Peers.OpenTelemetryLog(json(toOtel)), () -> {
			toOtel.close();
			return records(otel);
		});
		Path logback = file("logback");
		OutputStream toLogback = stream(logback);
		measure(topic, "Logback async", texts, new Peers.Logback(toLogback), () -> {
			toLogback.close();
			return lines(logback);
		});
		Path log4j = file("log4j");
		measure(topic, "Log4j2 async", texts, new Peers.Log4j(log4j.toString()), () -> lines(log4j));
	}

	private void receivers(Receiver receiver, boolean gzip) throws Exception {
		String topic = "OTLP, " + (gzip ? "gzip" : "plain");
		URI logs = receiver.logs();
		measure(topic, "OpenTelemetry", Texts.CONST,
				new Peers.OpenTelemetryLog(OtlpHttpLogRecordExporter.builder()
					.setEndpoint(logs.toString())
					.setCompression(gzip ? "gzip" : "none")
					.build()),
				receiver::count);
		measure(topic, "ours, at most once", Texts.CONST,
				new OursPeer(otlp(logs, gzip), spill(DeliveryMode.AT_MOST_ONCE)), receiver::count);
		if (gzip) {
			measure(topic, "ours, at least once, fsync", Texts.CONST,
					new OursPeer(otlp(logs, true), spill(DeliveryMode.AT_LEAST_ONCE)), receiver::count);
		}
	}

	private void measure(String topic, String system, Texts texts, Peers.Peer peer, Count count) throws Exception {
		String[][] values = texts.burst(BURST);
		// The first burst compiles, and is counted as the others are
		burst(peer, values);
		long cpu = processorTime();
		long begun = System.nanoTime();
		int measured = 0;
		while (measured < this.events) {
			burst(peer, values);
			measured += BURST;
		}
		long elapsed = System.nanoTime() - begun;
		long spent = processorTime() - cpu;
		peer.close();
		Receiver.Counted counted = count.get();
		long lost = measured + BURST - counted.events();
		String note = "lost " + lost + ((counted.requests() > 0)
				? ", " + counted.requests() + " requests, " + counted.bytes() / counted.events() + " B/event" : "");
		this.rows.add(new Row(topic + ", events/s", system, measured * 1e9 / elapsed, "1/s", note));
		this.rows.add(Row.of(topic + ", CPU", system, (double) spent / measured, "ns"));
	}

	private static void burst(Peers.Peer peer, String[][] values) {
		for (int i = 0; i < BURST; i++) {
			peer.record(values[i], i);
		}
		peer.drain();
	}

	private static long processorTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	private static OtlpSinkFactory otlp(URI endpoint, boolean gzip) {
		HttpSettings http = new HttpSettings(endpoint, HttpHeaders.NONE, gzip, HttpSettings.DEFAULT_EXPORT_TIMEOUT,
				"telemetry.endpoint", SentRecorder.NONE);
		return new OtlpSinkFactory(
				new OtlpSettings(OtlpProtocol.HTTP_PROTOBUF, http, OtlpSignal.LOGS, OtlpResource.of("benchmark")),
				TlsSource.JAVA);
	}

	private Spill spill(DeliveryMode mode) throws IOException {
		Path home = Files.createTempDirectory(this.directory, "home");
		return new Spill(Home.chosen(home), new SpillSettings(mode, 1L << 30, Duration.ofDays(7), true));
	}

	private static LogRecordExporter json(OutputStream out) {
		return OtlpStdoutLogRecordExporter.builder().setOutput(out).setWrapperJsonObject(true).build();
	}

	private Path file(String name) throws IOException {
		return Files.createTempDirectory(this.directory, name).resolve("telemetry.log");
	}

	private static OutputStream stream(Path file) throws IOException {
		return new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
	}

	private static Receiver.Counted lines(Path file) throws IOException {
		try (Stream<String> lines = Files.lines(file)) {
			return new Receiver.Counted(lines.count(), 0, 0);
		}
	}

	/** A line holds a whole batch. */
	private static Receiver.Counted records(Path file) throws IOException {
		try (Stream<String> lines = Files.lines(file)) {
			long found = lines.mapToLong((line) -> line.split("\"observedTimeUnixNano\"", -1).length - 1).sum();
			return new Receiver.Counted(found, 0, 0);
		}
	}

	/** Counts what has arrived. */
	private interface Count {

		Receiver.Counted get() throws Exception;

	}

	/** Ours, as one of them. */
	private static final class OursPeer implements Peers.Peer {

		private final Ours ours;

		OursPeer(TelemetrySinkFactory sink, @org.jspecify.annotations.Nullable Spill spill) {
			this.ours = new Ours(sink, true, Peers.QUEUE, 512, spill);
		}

		@Override
		public void record(String[] texts, long items) {
			this.ours.record(Ours.ORDER_PLACED, texts, items);
		}

		@Override
		public void drain() {
			this.ours.drain();
		}

		@Override
		public void close() {
			this.ours.close();
		}

	}

	/** Makes our sink for a file. */
	private record ToFile(Path file) implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "file";
		}

		@Override
		public String target() {
			return this.file.toString();
		}

		@Override
		public boolean remote() {
			return false;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			return new FileSink(this.file, WHOLE, InstantSource.system());
		}

	}

}
