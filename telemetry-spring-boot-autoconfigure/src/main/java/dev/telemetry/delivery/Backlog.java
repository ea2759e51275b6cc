package dev.telemetry.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.delivery.SpillStore.Adoption;
import dev.telemetry.delivery.SpillStore.Found;
import dev.telemetry.delivery.Spiller.Stored;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a lane that is not settled yet: the buffer callers fill, and what left
 * it, in memory or on disk.
 */
final class Backlog {

	/*
	 * The lock guards the taking side of the buffer and what waits; it is held for moves
	 * and counts, never while a sink works or a file is touched. Callers that offer never
	 * take it, but for those that meet the end of the lane (see offer).
	 *
	 * Every event has a position: how many the buffer took before it. Batches are made
	 * and settled in that order, so one number says what is settled. What was adopted
	 * from other lanes has none and goes first.
	 *
	 * Files are touched between two holds of the lock. "collecting" is what the
	 * collecting thread is writing; the files of "sending" are what the sending thread is
	 * reading. Whoever comes back looks whether they still are what they were: if not,
	 * they were discarded and counted meanwhile.
	 *
	 * The end: "over" is set before the backlog is emptied for the last time. A caller
	 * puts its event in first and reads "over" afterwards; so either the last emptying
	 * finds the event or the caller finds "over" and empties the backlog itself. What is
	 * being sent at the end is settled by the sending thread, or given up after it.
	 */

	private final Object lock = new Object();

	private final EventBuffer buffer;

	private final int batchSize;

	private final @Nullable Spiller spiller;

	private final DeliveryLedger ledger;

	@GuardedBy("lock")
	private final WaitingBatches waiting = new WaitingBatches();

	@GuardedBy("lock")
	private final SendingBatch sending;

	@GuardedBy("lock")
	private @Nullable Batch collecting;

	@GuardedBy("lock")
	private long flushed;

	@GuardedBy("lock")
	private boolean abandoned;

	private volatile @Nullable LossReason over;

	Backlog(DeliverySettings settings, @Nullable Spiller spiller, DeliveryLedger ledger) {
		this.buffer = new EventBuffer(settings.capacity());
		this.batchSize = Math.min(settings.batchSize(), Math.max(1, settings.capacity() / 2));
		this.spiller = spiller;
		this.ledger = ledger;
		this.sending = new SendingBatch(this.waiting, ledger);
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
	 * Make batches of what is in the buffer now, and bring them to disk if they belong
	 * there.
	 * @param all whether a batch need not be full
	 * @param kept called after each batch: the next one may take long
	 */
	void collect(boolean all, Runnable kept) {
		long end = this.buffer.offered();
		while (this.buffer.taken() < end && (all || hasFullBatch())) {
			Batch batch = take();
			if (batch != null) {
				keep(batch,
						(this.spiller != null) ? this.spiller.write(batch, this::makeRoom) : Stored.inMemory(batch));
				kept.run();
			}
		}
	}

	private @Nullable Batch take() {
		synchronized (this.lock) {
			long from = this.buffer.taken();
			List<Event> events = this.buffer.take(this.batchSize);
			this.collecting = events.isEmpty() ? null : new Batch(from, events);
			return this.collecting;
		}
	}

	private void keep(Batch batch, Stored stored) {
		boolean discarded;
		synchronized (this.lock) {
			discarded = this.collecting != batch;
			this.collecting = null;
			if (!discarded) {
				stored.parts().forEach(this.waiting::append);
				this.buffer.released(batch.size() - stored.inMemory());
				this.ledger.dropped(LossReason.EVENT_TOO_LARGE, stored.tooLarge());
			}
			this.lock.notifyAll();
		}
		if (discarded) {
			remove(stored.files());
		}
	}

	/** Take over files of other lanes. */
	void adopt(Adoption adoption) {
		synchronized (this.lock) {
			for (SpilledBatch file : adoption.files()) {
				this.ledger.adopted(file.size());
				this.waiting.append(file);
			}
			adoption.lost().forEach((reason, events) -> {
				this.ledger.adopted(events);
				this.ledger.dropped(reason, events);
			});
		}
	}

	/** Drop files that have waited for too long. */
	void expire(Predicate<SpilledBatch> expired) {
		List<SpilledBatch> pruned;
		synchronized (this.lock) {
			if (this.sending.files().stream().anyMatch(expired)) {
				this.sending.putBack(false);
			}
			pruned = prune(expired, LossReason.SPILL_AGE);
		}
		remove(pruned);
	}

	@GuardedBy("lock")
	private List<SpilledBatch> prune(Predicate<SpilledBatch> which, LossReason reason) {
		List<SpilledBatch> pruned = this.waiting.removeFiles(which);
		pruned.forEach((file) -> this.ledger.dropped(reason, file.size()));
		this.lock.notifyAll();
		return pruned;
	}

	/**
	 * Drop the oldest files until there is room. What is being sent stays.
	 * @param bytes how much room is needed
	 * @param limit how much may lie on disk
	 * @return whether there is room now
	 */
	boolean makeRoom(long bytes, long limit) {
		List<SpilledBatch> pruned = List.of();
		boolean room;
		synchronized (this.lock) {
			if (bytes <= limit && this.waiting.spilledBytes() + bytes > limit) {
				this.sending.putBack(false);
				pruned = this.waiting.removeOldestFiles(limit - bytes);
				pruned.forEach((file) -> this.ledger.dropped(LossReason.SPILL_QUOTA, file.size()));
			}
			room = this.waiting.spilledBytes() + bytes <= limit;
			this.lock.notifyAll();
		}
		remove(pruned);
		return room;
	}

	private void remove(List<SpilledBatch> files) {
		if (this.spiller != null) {
			this.spiller.remove(files);
		}
	}

	/** Return the oldest batch in order to send it; reads it if it lies on disk. */
	@Nullable Batch begin() {
		while (this.over == null) {
			List<SpilledBatch> files;
			synchronized (this.lock) {
				this.sending.begin(this.batchSize);
				files = this.sending.files();
				if (this.sending.batch() != null || files.isEmpty()) {
					return this.sending.batch();
				}
			}
			read(files);
		}
		return null;
	}

	private void read(List<SpilledBatch> files) {
		Spiller reader = Objects.requireNonNull(this.spiller, "there are files, so there is a spill");
		List<Found> found = files.stream().map(reader::read).toList();
		List<SpilledBatch> empty = List.of();
		synchronized (this.lock) {
			if (this.sending.files() == files) {
				empty = this.sending.loaded(found);
				this.lock.notifyAll();
			}
		}
		remove(empty);
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
		int settled = batch.size() - ((rest != null) ? rest.size() : 0);
		List<SpilledBatch> done;
		synchronized (this.lock) {
			if (this.sending.batch() != batch) {
				return;
			}
			done = this.sending.doneWith(settled);
		}
		// First from disk: whoever is told that an event is settled finds it gone
		remove(done);
		synchronized (this.lock) {
			if (this.sending.batch() != batch) {
				return;
			}
			this.buffer.released(this.sending.settle(settled, rest));
			if (settled > rejected + tooLarge) {
				this.ledger.delivered(settled - rejected - tooLarge, now);
			}
			this.ledger.dropped(LossReason.REJECTED, rejected);
			this.ledger.dropped(LossReason.EVENT_TOO_LARGE, tooLarge);
			this.lock.notifyAll();
		}
	}

	/**
	 * Drop what is in memory and count it; what is on disk stays there.
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
			int events = this.waiting.clearMemory() + this.sending.discard(sendingToo);
			if (this.collecting != null) {
				events += this.collecting.size();
				this.collecting = null;
			}
			this.buffer.released(events);
			boolean unwritten = reason == LossReason.SHUTDOWN && this.spiller != null && this.spiller.isFailing();
			this.ledger.dropped(unwritten ? LossReason.DISK_ERROR : reason, events);
			this.lock.notifyAll();
		}
	}

	/** Drop what is on disk and count it, but for what is being sent. */
	void discardFiles(LossReason reason) {
		remove(forgetFiles(reason, false));
	}

	/**
	 * Count what is on disk as lost.
	 * @param reason the reason to count it under
	 * @param sendingToo whether a batch that is being sent is given up as well
	 * @return the files
	 */
	List<SpilledBatch> forgetFiles(LossReason reason, boolean sendingToo) {
		synchronized (this.lock) {
			this.sending.putBack(sendingToo);
			return prune((file) -> true, reason);
		}
	}

	/**
	 * Drop everything that is in memory, and whatever still comes, but for what is being
	 * sent: what becomes of it is known when the sink returns.
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
			long offered = this.buffer.offered();
			return this.ledger.status(name, target, remote, offered, this.buffer.pending(offered), this.waiting);
		}
	}

	/** Nothing more will be delivered: whoever waits need not. */
	void abandon() {
		synchronized (this.lock) {
			this.abandoned = true;
			this.lock.notifyAll();
		}
	}

	long taken() {
		return this.buffer.taken();
	}

	long position() {
		return this.buffer.offered();
	}

	/** Return whether everything before a position is settled and the sink flushed. */
	boolean isDone(long position) {
		synchronized (this.lock) {
			long settled = this.sending.firstPosition(this.waiting.firstPosition(collected()));
			return settled >= position && this.flushed >= position;
		}
	}

	/** Return the position of the oldest event that is not where it waits yet. */
	@GuardedBy("lock")
	private long collected() {
		return (this.collecting != null) ? this.collecting.from() : this.buffer.taken();
	}

	/** Wait until everything before a position is done, and return whether it is. */
	boolean await(long position, long deadline, LongSupplier nanoTime) throws InterruptedException {
		synchronized (this.lock) {
			while (!isDone(position)) {
				long millis = millis(deadline, nanoTime);
				if (this.abandoned || millis <= 0) {
					return false;
				}
				this.lock.wait(millis);
			}
			return true;
		}
	}

	/** Wait until everything before a position has left the buffer for good. */
	void awaitCollected(long position, long deadline, LongSupplier nanoTime) throws InterruptedException {
		synchronized (this.lock) {
			long millis = millis(deadline, nanoTime);
			while (collected() < position && millis > 0) {
				this.lock.wait(millis);
				millis = millis(deadline, nanoTime);
			}
		}
	}

	private static long millis(long deadline, LongSupplier nanoTime) {
		return (deadline - nanoTime.getAsLong() + 999_999) / 1_000_000;
	}

}
