package dev.telemetry.delivery;

import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a lane that is not settled yet: the buffer callers fill, and the batches
 * that left it.
 */
final class Backlog {

	/*
	 * The lock guards the taking side of the buffer and the waiting batches; it is held
	 * for moves and counts, never while a sink works. Callers that offer never take it,
	 * but for those that meet the end of the lane (see offer).
	 *
	 * Every event has a position: how many the buffer took before it. Batches are made
	 * and settled in that order, so one number says what is settled.
	 *
	 * The end: "over" is set before the backlog is emptied for the last time. A caller
	 * puts its event in first and reads "over" afterwards; so either the last emptying
	 * finds the event or the caller finds "over" and empties the backlog itself. What is
	 * being sent at the end is settled by the sending thread, or given up after it.
	 */

	private final Object lock = new Object();

	private final EventBuffer buffer;

	private final int batchSize;

	private final DeliveryLedger ledger;

	@GuardedBy("lock")
	private final WaitingBatches waiting;

	@GuardedBy("lock")
	private @Nullable Batch sending;

	@GuardedBy("lock")
	private long flushed;

	@GuardedBy("lock")
	private boolean abandoned;

	private volatile @Nullable LossReason over;

	Backlog(DeliverySettings settings, WaitingBatches waiting, DeliveryLedger ledger) {
		this.buffer = new EventBuffer(settings.capacity());
		this.batchSize = Math.min(settings.batchSize(), Math.max(1, settings.capacity() / 2));
		this.waiting = waiting;
		this.ledger = ledger;
	}

	boolean offer(Event event) {
		if (!this.buffer.offer(event)) {
			return false;
		}
		LossReason reason = this.over;
		if (reason != null) {
			discard(reason, false);
		}
		return true;
	}

	boolean hasFullBatch() {
		return this.buffer.size() >= this.batchSize;
	}

	/**
	 * Make batches of what is in the buffer.
	 * @param all whether a batch need not be full
	 * @return whether there was a batch
	 */
	boolean collect(boolean all) {
		boolean collected = false;
		long end = this.buffer.offered();
		while (hasFullBatch() || (all && this.buffer.taken() < end)) {
			synchronized (this.lock) {
				long from = this.buffer.taken();
				List<Event> events = this.buffer.take(this.batchSize);
				if (!events.isEmpty()) {
					this.waiting.append(new Batch(from, events));
					collected = true;
				}
			}
		}
		return collected;
	}

	/** Return the oldest batch in order to send it. */
	@Nullable Batch begin() {
		synchronized (this.lock) {
			this.sending = this.waiting.first();
			return this.sending;
		}
	}

	/**
	 * Settle a batch that was sent, unless it was given up meanwhile.
	 * @param batch the batch that {@link #begin()} returned
	 * @param rest what has to be sent again, or {@code null}
	 * @param rejected how many events were refused for good
	 * @param tooLarge how many events no request can hold
	 * @param now when it was settled
	 */
	void settle(Batch batch, @Nullable Batch rest, int rejected, int tooLarge, Instant now) {
		synchronized (this.lock) {
			if (this.sending != batch) {
				return;
			}
			this.sending = null;
			this.waiting.replaceFirst(rest);
			int settled = batch.size() - ((rest != null) ? rest.size() : 0);
			this.buffer.released(settled);
			if (settled > rejected + tooLarge) {
				this.ledger.delivered(settled - rejected - tooLarge, now);
			}
			this.ledger.dropped(LossReason.REJECTED, rejected);
			this.ledger.dropped(LossReason.EVENT_TOO_LARGE, tooLarge);
			this.lock.notifyAll();
		}
	}

	/**
	 * Drop everything and count it.
	 * @param reason the reason to count under
	 * @param sendingToo whether a batch that is being sent is given up as well
	 */
	void discard(LossReason reason, boolean sendingToo) {
		synchronized (this.lock) {
			long end = this.buffer.offered();
			while (this.buffer.taken() < end) {
				int events = this.buffer.take(this.batchSize).size();
				this.buffer.released(events);
				this.ledger.dropped(reason, events);
			}
			int events = this.waiting.clear(sendingToo ? null : this.sending);
			if (sendingToo) {
				this.sending = null;
			}
			this.buffer.released(events);
			this.ledger.dropped(reason, events);
			this.lock.notifyAll();
		}
	}

	/**
	 * Drop everything that is here, and whatever still comes, but for what is being sent:
	 * what becomes of it is known when the sink returns.
	 */
	void end(LossReason reason) {
		this.over = reason;
		discard(reason, false);
		// Nobody flushes the sink any more
		abandon();
	}

	/** The sink was flushed after everything before a position was settled. */
	void flushed(long position) {
		synchronized (this.lock) {
			this.flushed = position;
			this.lock.notifyAll();
		}
	}

	boolean isFlushed(long position) {
		synchronized (this.lock) {
			return this.flushed >= position;
		}
	}

	/**
	 * Return a consistent snapshot: while the lock is held events only arrive, so each is
	 * counted in one place.
	 */
	DeliveryStatus status(String name, String target, boolean remote) {
		synchronized (this.lock) {
			return this.ledger.status(name, target, remote, this.buffer.pending());
		}
	}

	/** Nothing more will be delivered: whoever waits need not. */
	void abandon() {
		synchronized (this.lock) {
			this.abandoned = true;
			this.lock.notifyAll();
		}
	}

	/** Return the position of the next event to leave the buffer. */
	long taken() {
		return this.buffer.taken();
	}

	/** Return the position that the next event to be offered will have. */
	long position() {
		return this.buffer.offered();
	}

	/** Return whether everything before a position is settled and the sink flushed. */
	boolean isDone(long position) {
		synchronized (this.lock) {
			Batch first = this.waiting.first();
			long settled = (first != null) ? first.from() : this.buffer.taken();
			return settled >= position && this.flushed >= position;
		}
	}

	/**
	 * Wait until everything before a position is settled and the sink flushed.
	 * @return whether it is
	 */
	boolean await(long position, long deadline, LongSupplier nanoTime) throws InterruptedException {
		synchronized (this.lock) {
			while (!isDone(position)) {
				long millis = (deadline - nanoTime.getAsLong() + 999_999) / 1_000_000;
				if (millis <= 0 || this.abandoned) {
					return false;
				}
				this.lock.wait(millis);
			}
			return true;
		}
	}

}
