package dev.telemetry.delivery;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.event.Event;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * The bounded buffer between callers and a lane's worker.
 */
final class EventBuffer {

	/*
	 * Any thread offers; only a holder of the lane's lock takes and releases, so there is
	 * one consumer at a time and one writer of "outside": how many taken events are still
	 * in memory. It is raised before an event leaves the queue and lowered after the
	 * event is done with, so queue + outside never exceeds the capacity, but for one
	 * race: a caller that read "outside" just before it was raised may still put its one
	 * event in. The bound is then exceeded by at most one event for each thread inside
	 * offer.
	 */

	private final MpscAtomicArrayQueue<Event> queue;

	private final int capacity;

	private volatile int outside;

	EventBuffer(int capacity) {
		this.capacity = capacity;
		this.queue = new MpscAtomicArrayQueue<>(Math.max(2, capacity));
	}

	boolean offer(Event event) {
		return this.queue.offerIfBelowThreshold(event, this.capacity - this.outside);
	}

	int size() {
		return this.queue.size();
	}

	/**
	 * Return how many events are in memory, in the queue or taken.
	 * @param offered the position of the next event to be offered
	 */
	long pending(long offered) {
		return offered - taken() + this.outside;
	}

	/** Return the position of the next event to be offered. */
	long offered() {
		return this.queue.currentProducerIndex();
	}

	/** Return the position of the next event to be taken. */
	long taken() {
		return this.queue.currentConsumerIndex();
	}

	List<Event> take(int limit) {
		List<Event> events = new ArrayList<>(Math.min(limit, size()));
		int before = this.outside;
		while (events.size() < limit && !this.queue.isEmpty()) {
			this.outside = before + events.size() + 1;
			events.add(this.queue.poll());
		}
		return events;
	}

	/** Taken events are not in memory any more. */
	void released(int events) {
		int before = this.outside;
		this.outside = before - events;
	}

}
