package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.telemetry.consent.gate.ConsentGrant;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sdk.Patience;
import dev.telemetry.storage.Home;

/**
 * A home with a spill, and clocks that lanes with it share. Each lane is driven by hand
 * and stands for a process: what it leaves behind the next one finds.
 */
final class SpillFixture {

	static final String GRANT = "0123456789abcdef0123456789abcdef";

	final Path home;

	final AtomicLong nanos = new AtomicLong(-5);

	final ScriptedSink sink = new ScriptedSink();

	final FakePass pass = new FakePass();

	Instant now = LaneFixture.NOW;

	/**
	 * Whether lanes have threads and wait in real time. What the date is stays ours:
	 * files that were written under one clock must not be judged by another one.
	 */
	boolean realTime;

	int capacity = 8192;

	int batchSize = 512;

	SpillSettings settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 64 << 20, Duration.ofDays(7), false);

	SpillFixture(Path home) {
		this.home = home;
	}

	DeliveryLane lane() {
		return lane(GRANT);
	}

	DeliveryLane lane(String grantId) {
		DeliverySettings delivery = new DeliverySettings(this.capacity, this.batchSize, Duration.ofSeconds(5),
				new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(60), 1.5, 0));
		DeliveryLane lane = new DeliveryLane(new LaneFixture.Origin(true), this.sink, delivery, this.pass, runtime(),
				PlantedLane.support(), spill().store("fake", grant(grantId), runtime()));
		LawOfAccounting.watch(lane);
		return lane;
	}

	DeliveryRuntime runtime() {
		DeliveryRuntime system = DeliveryRuntime.system();
		return new DeliveryRuntime(() -> this.now, this.realTime ? system.nanoTime() : this.nanos::get,
				new SplittableRandom(1), this.realTime ? system.threads() : Thread::new);
	}

	Spill spill() {
		return new Spill(Home.chosen(this.home), this.settings);
	}

	SpillStore store() {
		return store(GRANT);
	}

	SpillStore store(String grantId) {
		return new SpillStore(Home.chosen(this.home), "fake", grant(grantId), this.settings, () -> this.now,
				this.nanos::get);
	}

	void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
		this.now = this.now.plus(time);
	}

	/** From now on the receiver is down, or up again. */
	void down(boolean down) {
		this.sink.action = (events) -> {
			if (down) {
				throw LaneFixture.retry();
			}
		};
	}

	/** Leave events behind as a process does that is stopped during an outage. */
	List<Event> leave(String grantId, int events) {
		down(true);
		DeliveryLane lane = lane(grantId);
		List<Event> left = events(events);
		left.forEach(lane::offer);
		lane.close(Duration.ofSeconds(2));
		down(false);
		return left;
	}

	static List<Event> events(int count) {
		EventOrigin origin = new EventOrigin("demo-app", "1.0.0", "0".repeat(64), "1".repeat(32), "linux", "amd64",
				"17");
		return IntStream.range(0, count)
			.mapToObj((i) -> Event.builder("order.placed")
				.timestamp(LaneFixture.NOW)
				.origin(origin)
				.attribute("items", i)
				.attribute("price", i / 8.0)
				.attribute("who", "Zo\u00eb")
				.build())
			.toList();
	}

	/** Return what the receiver took, in its order. */
	List<Event> delivered() {
		synchronized (this.sink.batches) {
			return this.sink.batches.stream().flatMap(List::stream).toList();
		}
	}

	/** Wait until the receiver has taken so many events. */
	void awaitDelivered(int events) {
		Patience.until(events + " delivered events", () -> delivered().size() >= events);
	}

	/** Return the files that wait, in their order. */
	List<Path> files() throws IOException {
		Path spill = this.home.resolve("spill");
		if (!Files.exists(spill)) {
			return List.of();
		}
		try (Stream<Path> all = Files.walk(spill)) {
			return all.filter((file) -> file.toString().endsWith(".batch"))
				.sorted((a, b) -> a.getFileName().compareTo(b.getFileName()))
				.toList();
		}
	}

	static List<String> lines(List<Event> events) {
		EventCodec codec = EventCodec.json();
		return events.stream().map((event) -> {
			LineBuffer line = new LineBuffer(256);
			codec.encode(event, line);
			return new String(line.toByteArray(), StandardCharsets.US_ASCII);
		}).toList();
	}

	List<String> sent() {
		synchronized (this.sink.batches) {
			return lines(this.sink.batches.stream().flatMap(List::stream).toList());
		}
	}

	static Supplier<ConsentGrant> grant(String id) {
		ConsentGrant grant = new ConsentGrant(id, null);
		return () -> grant;
	}

}
