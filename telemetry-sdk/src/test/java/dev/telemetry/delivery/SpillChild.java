package dev.telemetry.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.telemetry.delivery.SpillStore.Adoption;
import dev.telemetry.event.Event;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.storage.Home;

/** What other processes do in the tests of the spill. */
final class SpillChild {

	/** What is meant for the parent begins with it. */
	static final String TELLS = "> ";

	private static final String GRANT = SpillFixture.GRANT;

	private SpillChild() {
	}

	public static void main(String[] arguments) throws Exception {
		Path home = Path.of(arguments[1]);
		switch (arguments[0]) {
			case "own" -> own(home);
			case "adopt" -> adopt(home);
			case "outage" -> outage(home, Integer.parseInt(arguments[2]));
			case "full" -> full(home);
			case "trouble" -> trouble(home, arguments[2], arguments[3]);
			case "burst" -> burst(home, Integer.parseInt(arguments[2]));
			case "drain" -> drain(home, lane(home, new NotingSink(home, true)));
			default -> throw new IllegalArgumentException(arguments[0]);
		}
	}

	private static SpillStore store(Path home) {
		SpillSettings settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 64 << 20, Duration.ofDays(7), false);
		// The date of the test that reads and writes beside it
		return new SpillStore(Home.chosen(home), "fake", SpillFixture.grant(GRANT), settings, () -> LaneFixture.NOW,
				System::nanoTime);
	}

	/** Own a file and live on. */
	private static void own(Path home) throws IOException {
		SpillStore store = store(home);
		Batch batch = new Batch(0, SpillFixture.events(3));
		store.write(store.encode(batch, 0).content(), 0, 3);
		tell("ready");
		System.in.read();
	}

	/** Adopt what there is, when told to, and live on. */
	private static void adopt(Path home) throws IOException {
		SpillStore store = store(home);
		tell("ready");
		System.in.read();
		for (int idle = 0; idle < 3;) {
			Adoption adoption = store.adopt(Integer.MAX_VALUE);
			adoption.files().forEach((file) -> tell(store.read(file).events().get(0).id().toString()));
			idle = adoption.more() ? 0 : idle + 1;
		}
		tell("done");
		System.in.read();
	}

	/** Record events while the receiver is down, then let it come back. */
	private static void outage(Path home, int events) {
		AtomicLong nanos = new AtomicLong();
		SpillFixture fixture = new SpillFixture(home);
		fixture.settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 64 << 20, Duration.ofDays(7), false);
		fixture.down(true);
		DeliveryLane lane = fixture.lane();
		List<Event> some = SpillFixture.events(512);
		for (int i = 0; i < events; i++) {
			lane.offer(some.get(i % 512));
			if (i % 512 == 511) {
				fixture.nanos.set(nanos.addAndGet(Duration.ofMillis(500).toNanos()));
				lane.runOnce();
				if (!lane.status().balanced()) {
					throw new IllegalStateException(lane.status().toString());
				}
			}
		}
		print(lane.status());
		AtomicLong received = new AtomicLong();
		fixture.sink.action = (batch) -> {
			received.addAndGet(batch.size());
			// Acknowledged without being remembered
			throw LaneFixture.retry().withProgress(batch.size(), 0);
		};
		fixture.advance(Duration.ofMinutes(2));
		lane.flush(Duration.ZERO);
		print(lane.status());
		tell("received " + received);
	}

	/** Fill the disk, free it again. */
	private static void full(Path home) throws IOException {
		SpillFixture fixture = new SpillFixture(home);
		fixture.down(true);
		DeliveryLane lane = fixture.lane();
		Path filler = Files.write(home.resolve("telemetry.log"), new byte[256 << 10]);
		SpillFixture.events(8000).forEach(lane::offer);
		lane.runOnce();
		print(lane.status());
		Files.delete(filler);
		SpillFixture.events(20).forEach(lane::offer);
		lane.flush(Duration.ZERO);
		print(lane.status());
		tell("unfinished " + unfinished(home));
		fixture.down(false);
		fixture.advance(Duration.ofMinutes(2));
		lane.flush(Duration.ZERO);
		print(lane.status());
	}

	/** Record events before, during and after some trouble with the disk. */
	private static void trouble(Path home, String make, String action) throws Exception {
		SpillFixture fixture = new SpillFixture(home);
		fixture.settings = SpillSettings.DEFAULTS;
		fixture.down(true);
		DeliveryLane lane = fixture.lane();
		offer(lane, 1024);
		print(lane.status());
		shell(home, make);
		offer(lane, 5120);
		print(lane.status());
		shell(home, action);
		offer(lane, 20);
		lane.flush(Duration.ZERO);
		print(lane.status());
		tell("unfinished " + unfinished(home));
		fixture.down(false);
		fixture.advance(Duration.ofMinutes(2));
		lane.flush(Duration.ZERO);
		print(lane.status());
	}

	private static void offer(DeliveryLane lane, int events) {
		SpillFixture.events(events).forEach(lane::offer);
		lane.runOnce();
	}

	private static void shell(Path home, String command) throws Exception {
		Process shell = new ProcessBuilder("sh", "-c", command).directory(home.toFile()).inheritIO().start();
		if (Patience.exit(command, shell) != 0) {
			throw new IllegalStateException(command);
		}
	}

	private static long unfinished(Path home) throws IOException {
		try (Stream<Path> all = Files.walk(home)) {
			return all.filter((file) -> file.toString().endsWith(".tmp")).count();
		}
	}

	/** Record events while the receiver is away; when told to, let it be there. */
	private static void burst(Path home, int events) throws IOException {
		NotingSink sink = new NotingSink(home, false);
		DeliveryLane lane = lane(home, sink);
		for (int i = 0; i < events; i++) {
			lane.offer(Event.builder("burst").timestamp(LaneFixture.NOW).build());
		}
		Patience.until("the events are in the spill", () -> {
			lane.flush(Duration.ofMillis(10));
			return lane.status().spilled() >= events;
		});
		tell("spilled");
		System.in.read();
		sink.up = true;
		drain(home, lane);
	}

	/** Send until nothing waits in the whole home. */
	private static void drain(Path home, DeliveryLane lane) throws IOException {
		Patience.until("nothing waits in the home", () -> {
			lane.flush(Duration.ofMillis(10));
			return !isWaiting(home);
		});
		tell("drained");
		System.in.read();
	}

	static boolean isWaiting(Path home) throws IOException {
		if (!Files.exists(home.resolve("spill"))) {
			return false;
		}
		try (Stream<Path> all = Files.walk(home.resolve("spill"))) {
			return all.anyMatch((file) -> file.toString().endsWith(".batch"));
		}
		catch (UncheckedIOException ex) {
			// Somebody erased a directory meanwhile
			return true;
		}
	}

	private static DeliveryLane lane(Path home, NotingSink sink) {
		DeliverySettings settings = new DeliverySettings(8192, 100, Duration.ofMillis(100),
				new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(100), 1.5, 0.2));
		DeliveryRuntime runtime = DeliveryRuntime.system();
		DeliveryLane lane = new DeliveryLane(new LaneFixture.Origin(true), sink, settings, new FakePass(), runtime,
				PlantedLane.support(),
				new Spill(Home.chosen(home), SpillSettings.DEFAULTS).store("fake", SpillFixture.grant(GRANT), runtime));
		lane.start();
		return lane;
	}

	/** Notes the ids of what it took in a file of its own. */
	private static final class NotingSink implements TelemetrySink {

		private final Path notes;

		volatile boolean up;

		NotingSink(Path home, boolean up) {
			this.notes = home.resolve("received-" + ProcessHandle.current().pid());
			this.up = up;
		}

		@Override
		public void emit(Event event) throws TelemetryException {
			emitAll(List.of(event));
		}

		@Override
		public void emitAll(List<Event> events) throws TelemetryException {
			if (!this.up) {
				throw LaneFixture.retry();
			}
			try {
				Files.write(this.notes, events.stream().map((event) -> event.id().toString()).toList(),
						StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
			catch (IOException ex) {
				throw new TelemetryException(TelemetryException.Kind.IO, "not noted", false, ex);
			}
		}

	}

	private static void tell(String line) {
		System.out.println(TELLS + line);
	}

	private static void print(DeliveryStatus status) {
		tell("accepted=" + status.accepted() + " delivered=" + status.delivered() + " pending=" + status.pending()
				+ " spilled=" + status.spilled() + " bytes=" + status.spilledBytes() + " dropped=" + status.dropped()
				+ " balanced=" + status.balanced());
	}

}
