package dev.telemetry.delivery;

import java.util.List;

import dev.telemetry.event.Event;

/** Events on their way, oldest first. One batch is never equal to another. */
final class Batch implements Waiting {

	private final long from;

	private final List<Event> events;

	private final int attempts;

	/**
	 * Create a batch.
	 * @param from the position of the first event in the order in which the buffer took
	 * them
	 * @param events the events, not empty
	 */
	Batch(long from, List<Event> events) {
		this(from, List.copyOf(events), 0);
	}

	private Batch(long from, List<Event> events, int attempts) {
		this.from = from;
		this.events = events;
		this.attempts = attempts;
	}

	@Override
	public long from() {
		return this.from;
	}

	List<Event> events() {
		return this.events;
	}

	@Override
	public int size() {
		return this.events.size();
	}

	/** Return how often sending failed in a way the sink did not foresee. */
	int attempts() {
		return this.attempts;
	}

	/** Return what remains when the oldest events are done with. */
	Batch without(int settled) {
		return new Batch(this.from + settled, this.events.subList(settled, size()), this.attempts);
	}

	Batch failedAgain() {
		return new Batch(this.from, this.events, this.attempts + 1);
	}

}
