package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.telemetry.event.Event;
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
			default -> throw new IllegalArgumentException(arguments[0]);
		}
	}

	private static SpillStore store(Path home) {
		SpillSettings settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 64 << 20, Duration.ofDays(7), false);
		return new SpillStore(Home.chosen(home), "fake", GRANT, settings, InstantSource.system(), System::nanoTime);
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
		for (int look = 0; look < 3; look++) {
			store.adopt(Integer.MAX_VALUE)
				.files()
				.forEach((file) -> tell(store.read(file).events().get(0).id().toString()));
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
		long unfinished;
		try (Stream<Path> all = Files.walk(home)) {
			unfinished = all.filter((file) -> file.toString().endsWith(".tmp")).count();
		}
		tell("unfinished " + unfinished);
		fixture.down(false);
		fixture.advance(Duration.ofMinutes(2));
		lane.flush(Duration.ZERO);
		print(lane.status());
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
