package dev.telemetry.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.event.Event;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/** A lane with everything around it in the hands of the test. */
final class LaneFixture {

	static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

	final ScriptedSink sink = new ScriptedSink();

	final FakePass pass = new FakePass();

	final AtomicLong nanos = new AtomicLong(-5);

	final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

	final List<Event> kept = new ArrayList<>();

	boolean unkept;

	final Problems problems = new Problems();

	final DeliveryLane lane;

	private LaneFixture(DeliverySettings settings, boolean remote, boolean realTime) {
		DeliveryRuntime runtime = new DeliveryRuntime(() -> NOW, realTime ? System::nanoTime : this.nanos::get,
				new SplittableRandom(1), this::newThread);
		this.lane = new DeliveryLane(new Origin(remote), this.sink, settings, this.pass, runtime,
				new LaneSupport(this::keep, this.problems, null), null);
		LawOfAccounting.watch(this.lane);
	}

	/** A lane driven by hand, with a clock that stands still. */
	static LaneFixture manual(int capacity, int batchSize) {
		return new LaneFixture(settings(capacity, batchSize, Duration.ofSeconds(5)), true, false);
	}

	/** A lane with threads, on the real clock. */
	static LaneFixture running(int capacity, int batchSize, boolean remote) {
		LaneFixture fixture = new LaneFixture(settings(capacity, batchSize, Duration.ofMinutes(10)), remote, true);
		fixture.lane.start();
		return fixture;
	}

	private static DeliverySettings settings(int capacity, int batchSize, Duration batchTimeout) {
		return new DeliverySettings(capacity, batchSize, batchTimeout,
				new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(60), 1.5, 0));
	}

	private void keep(String name, Event event) throws TelemetryException {
		if (this.unkept) {
			throw new TelemetryException(TelemetryException.Kind.IO, "no room", true, null);
		}
		this.kept.add(event);
	}

	private Thread newThread(Runnable task) {
		Thread thread = new Thread(task);
		this.threads.add(thread);
		return thread;
	}

	void offer(String... names) {
		for (String name : names) {
			this.lane.offer(event(name));
		}
	}

	void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	void joinThreads() throws InterruptedException {
		for (Thread thread : List.copyOf(this.threads)) {
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
	}

	static Event event(String name) {
		return Event.builder(name).timestamp(NOW).build();
	}

	static TelemetryException retry() {
		return new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 503", true, null);
	}

	static TelemetryException refusal() {
		return new TelemetryException(TelemetryException.Kind.HTTP, "receiver answered 400", false, null);
	}

	/** A factory that is asked for names only. */
	record Origin(boolean remote) implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "fake";
		}

		@Override
		public String target() {
			return "https://receiver.example.com/v1/logs";
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			throw new UnsupportedOperationException();
		}

	}

}
