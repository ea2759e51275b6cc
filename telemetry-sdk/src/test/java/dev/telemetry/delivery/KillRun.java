package dev.telemetry.delivery;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sink.FileSink;
import dev.telemetry.sink.LogRotation;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.storage.Home;

/**
 * A process that records events until it is killed, into a local log and for a receiver
 * on this machine. It prints each event's id and when it was recorded, and then the
 * number of events of which a flush has returned.
 */
final class KillRun {

	static final Duration BATCH_TIMEOUT = Duration.ofMillis(100);

	private static final DeliverySettings DELIVERY = new DeliverySettings(8192, 64, BATCH_TIMEOUT,
			new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(200), 1.5, 0.2));

	private final DeliveryLane remote;

	private final DeliveryLane local;

	private long accepted;

	private KillRun(Path home, int port, boolean spilling, boolean synced) {
		DeliveryRuntime runtime = DeliveryRuntime.system();
		Spill spill = new Spill(Home.chosen(home),
				new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 1L << 30, Duration.ofDays(7), synced));
		this.remote = new DeliveryLane(new Origin("remote", true), new SocketSink(port), DELIVERY, new FakePass(),
				runtime, PlantedLane.support(),
				spilling ? spill.store("remote", SpillFixture.grant(SpillFixture.GRANT), runtime) : null);
		this.local = new DeliveryLane(
				new Origin("file", false), new FileSink(home.resolve("telemetry.log"),
						new LogRotation(1 << 30, 1, Duration.ofDays(1)), InstantSource.system()),
				DELIVERY, new FakePass(), runtime, PlantedLane.support(), null);
		this.remote.start();
		this.local.start();
	}

	public static void main(String[] arguments) throws IOException {
		KillRun run = new KillRun(Path.of(arguments[1]), Integer.parseInt(arguments[2]), !arguments[0].equals("memory"),
				!arguments[0].equals("unsynced"));
		if (arguments[0].equals("drain")) {
			run.drain(Path.of(arguments[1]));
		}
		else {
			run.load(Integer.parseInt(arguments[3]));
		}
	}

	private void load(int number) {
		for (int i = 0;; i++) {
			StringBuilder told = new StringBuilder();
			for (int j = 0; j < 20; j++) {
				Event event = Event.builder("load")
					.timestamp(Instant.now())
					.attribute("run", number)
					.attribute("count", i * 20 + j)
					.build();
				if (this.remote.offer(event)) {
					this.accepted++;
					told.append("E ").append(event.id()).append(' ').append(System.currentTimeMillis()).append('\n');
				}
				this.local.offer(event);
			}
			System.out.print(told);
			DeliveryStatus status = this.remote.status();
			// Events leave memory in order; adopted ones were not recorded here
			System.out.print("D " + (this.accepted - status.pending()) + "\n");
			if (i % 4 == 3) {
				// During an outage it returns when the wait is over
				boolean delivered = this.remote.flush(Duration.ofMillis(50));
				System.out.print(delivered ? "F\n" : "W\n");
			}
		}
	}

	private void drain(Path home) throws IOException {
		// On a slow disk it takes a while until everything is adopted
		for (int looks = 0; looks < 3 || SpillChild.isWaiting(home); looks++) {
			this.remote.offer(Event.builder("drain").timestamp(Instant.now()).build());
			this.remote.flush(Duration.ofSeconds(10));
		}
		this.local.close(Duration.ofSeconds(10));
		this.remote.close(Duration.ofSeconds(10));
		System.out.println(this.remote.status().balanced() ? "drained" : this.remote.status().toString());
	}

	private record Origin(String name, boolean remote) implements TelemetrySinkFactory {

		@Override
		public String target() {
			return "localhost";
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			throw new UnsupportedOperationException();
		}

	}

	/**
	 * One connection for each batch: how many lines, the lines; one byte acknowledges.
	 */
	private record SocketSink(int port) implements TelemetrySink {

		@Override
		public void emit(Event event) throws TelemetryException {
			emitAll(List.of(event));
		}

		@Override
		public void emitAll(List<Event> events) throws TelemetryException {
			EventCodec codec = EventCodec.json();
			LineBuffer lines = new LineBuffer(4096);
			events.forEach((event) -> codec.encode(event, lines));
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 1000);
				socket.setSoTimeout(2000);
				DataOutputStream out = new DataOutputStream(socket.getOutputStream());
				out.writeInt(lines.length());
				lines.writeTo(out);
				out.flush();
				if (new DataInputStream(socket.getInputStream()).readByte() != '+') {
					throw new IOException("not acknowledged");
				}
			}
			catch (IOException ex) {
				throw new TelemetryException(TelemetryException.Kind.IO, "no receiver", true, ex);
			}
		}

	}

	static String text(byte[] lines) {
		return new String(lines, StandardCharsets.US_ASCII);
	}

}
