package dev.telemetry.delivery;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.event.Event;

/**
 * Events on their way, oldest first. They are sent in parts when one of them is to blame
 * for a refusal. One batch is never equal to another.
 */
final class Batch implements Waiting {

	private final long from;

	private final List<Event> events;

	/** How many events each part holds; together they are the batch. */
	private final List<Integer> parts;

	private final int attempts;

	/**
	 * Create a batch.
	 * @param from the position of the first event in the order in which the buffer took
	 * them
	 * @param events the events, not empty
	 */
	Batch(long from, List<Event> events) {
		this(from, List.copyOf(events), List.of(events.size()), 0);
	}

	private Batch(long from, List<Event> events, List<Integer> parts, int attempts) {
		this.from = from;
		this.events = events;
		this.parts = parts;
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

	/** Return the events whose turn it is. */
	List<Event> part() {
		return this.events.subList(0, this.parts.get(0));
	}

	/** Return how often sending failed in a way that leaves open what is to blame. */
	int attempts() {
		return this.attempts;
	}

	/** Return what remains when the oldest events are done with. */
	Batch without(int settled) {
		List<Integer> left = new ArrayList<>();
		int open = settled;
		for (int part : this.parts) {
			int done = Math.min(open, part);
			open -= done;
			if (done < part) {
				left.add(part - done);
			}
		}
		return new Batch(this.from + settled, this.events.subList(settled, size()), left, this.attempts);
	}

	/**
	 * Return the same events in smaller parts.
	 * @param suspects among how many events, from the oldest on, the one to blame is; at
	 * least 2 and not more than the part has
	 */
	Batch bisected(int suspects) {
		List<Integer> smaller = new ArrayList<>(List.of(suspects / 2, suspects - suspects / 2));
		if (suspects < this.parts.get(0)) {
			smaller.add(this.parts.get(0) - suspects);
		}
		smaller.addAll(this.parts.subList(1, this.parts.size()));
		return new Batch(this.from, this.events, smaller, this.attempts);
	}

	Batch failedAgain() {
		return new Batch(this.from, this.events, this.parts, this.attempts + 1);
	}

}
