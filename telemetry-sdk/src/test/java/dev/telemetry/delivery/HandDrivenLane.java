package dev.telemetry.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.event.Event;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.TelemetrySink;

/**
 * A lane around a sink of another package, on a clock that stands still: for tests of
 * what a receiver's answers lead to.
 */
public final class HandDrivenLane implements AutoCloseable {

	private final List<Event> rejected = new ArrayList<>();

	private final Problems problems = new Problems();

	private final AtomicLong nanos = new AtomicLong();

	private final DeliveryLane lane;

	/**
	 * Create a lane for 8192 events in batches of 512.
	 * @param sink the sink, which is closed with the lane
	 */
	public HandDrivenLane(TelemetrySink sink) {
		DeliveryRuntime runtime = new DeliveryRuntime(() -> Instant.parse("2026-11-21T03:00:00Z"), this.nanos::get,
				new SplittableRandom(1), Thread::new);
		this.lane = new DeliveryLane(new LaneFixture.Origin(true), sink, DeliverySettings.DEFAULTS, new FakePass(),
				runtime, new LaneSupport((name, event) -> this.rejected.add(event), this.problems, null), null);
	}

	/**
	 * Hand events in and do what is due.
	 * @param events the events
	 */
	public void deliver(List<Event> events) {
		events.forEach(this.lane::offer);
		this.lane.flush(Duration.ZERO);
	}

	/**
	 * Let time pass and do what is due then.
	 * @param time the time
	 */
	public void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
		this.lane.runOnce();
	}

	public DeliveryStatus status() {
		return this.lane.status();
	}

	/**
	 * Return what was refused for good.
	 * @return the events, in order
	 */
	public List<Event> rejected() {
		return List.copyOf(this.rejected);
	}

	public List<Problem> problems() {
		return this.problems.list();
	}

	@Override
	public void close() {
		this.lane.close(Duration.ZERO);
	}

}
