package dev.telemetry.delivery;

import java.util.List;

import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * What callers record, until it is kept as a batch. Callers that offer need no lock;
 * everything else but the counts is guarded by the lane's lock.
 * <p>
 * Every event has a position: how many were offered before it.
 */
final class Intake {

	private final EventBuffer buffer;

	private final int batchSize;

	/** What the collecting thread is writing. */
	private @Nullable Batch collecting;

	Intake(DeliverySettings settings) {
		this.buffer = new EventBuffer(settings.capacity());
		this.batchSize = Math.min(settings.batchSize(), Math.max(1, settings.capacity() / 2));
	}

	int batchSize() {
		return this.batchSize;
	}

	boolean offer(Event event) {
		return this.buffer.offer(event);
	}

	boolean hasFullBatch() {
		return this.buffer.size() >= this.batchSize;
	}

	long offered() {
		return this.buffer.offered();
	}

	long taken() {
		return this.buffer.taken();
	}

	long pending(long offered) {
		return this.buffer.pending(offered);
	}

	void released(int events) {
		this.buffer.released(events);
	}

	/** Take the oldest events out of the buffer, or {@code null} if there are none. */
	@Nullable Batch take() {
		long from = this.buffer.taken();
		List<Event> events = this.buffer.take(this.batchSize);
		this.collecting = events.isEmpty() ? null : new Batch(from, events);
		return this.collecting;
	}

	/**
	 * The batch that was taken is kept.
	 * @return {@code false} if it was discarded meanwhile
	 */
	boolean kept(Batch batch) {
		boolean still = this.collecting == batch;
		this.collecting = null;
		return still;
	}

	/** Discard what is in the buffer now, and return how many events that was. */
	int clear() {
		long end = this.buffer.offered();
		int cleared = 0;
		while (this.buffer.taken() < end) {
			int events = this.buffer.take(this.batchSize).size();
			this.buffer.released(events);
			cleared += events;
		}
		return cleared;
	}

	/** Discard the batch that was taken, and return how many events that was. */
	int clearTaken() {
		int events = (this.collecting != null) ? this.collecting.size() : 0;
		this.collecting = null;
		return events;
	}

	/** Return the position of the oldest event that is not where it waits yet. */
	long firstPosition() {
		return (this.collecting != null) ? this.collecting.from() : this.buffer.taken();
	}

}
