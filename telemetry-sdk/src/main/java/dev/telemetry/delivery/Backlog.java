package dev.telemetry.delivery;

import java.time.Instant;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.delivery.SpillStore.Found;
import dev.telemetry.delivery.Spiller.Stored;
import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a lane that is not settled yet: the buffer callers fill, and what left
 * it, in memory or on disk.
 */
final class Backlog {

	/*
	 * The lock guards the taking side of the buffer and the waiting events; it is held
	 * for moves and counts, never while a sink works or a file is touched. Callers that
	 * offer never take it, but for those that meet the end of the lane (see offer).
	 *
	 * Batches are made and settled in the order of their positions. What was adopted from
	 * other lanes has none and goes first.
	 *
	 * Files are touched between two holds of the lock: the collecting thread writes the
	 * batch it took, and the sending thread reads the files of "sending". A thread that
	 * takes the lock again checks whether they are still the same: if not, they were
	 * discarded and counted in the meantime.
	 *
	 * The end: "over" is set before the backlog is emptied for the last time. A caller
	 * puts its event in first and reads "over" afterwards; so either the last emptying
	 * finds the event or the caller finds "over" and empties the backlog itself. What is
	 * being sent at the end is settled by the sending thread, or given up after it.
	 */

	private final Object lock = new Object();

	private final Intake intake;

	private final Spiller spiller;

	private final DeliveryLedger ledger;

	@GuardedBy("lock")
	private final WaitingBatches waiting = new WaitingBatches();

	@GuardedBy("lock")
	private final SendingBatch sending;

	private final BacklogFiles files;

	private final BacklogProgress progress;

	private volatile @Nullable DropReason over;

	Backlog(DeliverySettings settings, Spiller spiller, DeliveryLedger ledger) {
		this.intake = new Intake(settings);
		this.spiller = spiller;
		this.ledger = ledger;
		this.sending = new SendingBatch(this.waiting, ledger);
		this.files = new BacklogFiles(this.lock, this.waiting, this.sending, spiller, ledger);
		this.progress = new BacklogProgress(this.lock, this.intake, this.waiting, this.sending);
	}

	/** Return what of it is on disk. */
	BacklogFiles files() {
		return this.files;
	}

	/** Return how far it is. */
	BacklogProgress progress() {
		return this.progress;
	}

	boolean offer(Event event) {
		if (!this.intake.offer(event)) {
			return false;
		}
		DropReason reason = this.over;
		if (reason != null) {
			discard(reason, false);
		}
		return true;
	}

	boolean hasFullBatch() {
		return this.intake.hasFullBatch();
	}

	/** Return the position of the next event that is offered. */
	long position() {
		return this.intake.offered();
	}

	long taken() {
		return this.intake.taken();
	}

	/**
	 * Make batches of what is in the buffer now, and bring them to disk if they belong
	 * there.
	 * @param all whether a batch need not be full
	 * @param kept called after each batch: the next one may take long
	 */
	void collect(boolean all, Runnable kept) {
		long end = this.intake.offered();
		while (this.intake.taken() < end && (all || hasFullBatch())) {
			Batch batch = take();
			if (batch != null) {
				keep(batch, this.spiller.write(batch, this.files::makeRoom));
				kept.run();
			}
		}
	}

	private @Nullable Batch take() {
		synchronized (this.lock) {
			return this.intake.take();
		}
	}

	private void keep(Batch batch, Stored stored) {
		boolean kept;
		synchronized (this.lock) {
			kept = this.intake.kept(batch);
			if (kept) {
				stored.parts().forEach(this.waiting::append);
				this.intake.released(batch.size() - stored.inMemory());
				this.ledger.dropped(DropReason.EVENT_TOO_LARGE, stored.tooLarge());
			}
			this.lock.notifyAll();
		}
		if (!kept) {
			this.spiller.remove(stored.files());
		}
	}

	/** Return the oldest batch in order to send it; reads it if it is on disk. */
	@Nullable Batch begin() {
		while (this.over == null) {
			List<SpilledBatch> unread;
			synchronized (this.lock) {
				this.sending.begin(this.intake.batchSize());
				unread = this.sending.files();
				if (this.sending.batch() != null || unread.isEmpty()) {
					return this.sending.batch();
				}
			}
			read(unread);
		}
		return null;
	}

	private void read(List<SpilledBatch> unread) {
		List<Found> found = unread.stream().map(this.spiller::read).toList();
		List<SpilledBatch> empty = List.of();
		synchronized (this.lock) {
			if (this.sending.files() == unread) {
				empty = this.sending.loaded(found);
				this.lock.notifyAll();
			}
		}
		this.spiller.remove(empty);
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
		// First from disk: a caller that is told that an event is settled finds it gone
		this.spiller.remove(done);
		synchronized (this.lock) {
			if (this.sending.batch() != batch) {
				return;
			}
			this.intake.released(this.sending.settle(settled, rest));
			if (settled > rejected + tooLarge) {
				this.ledger.delivered(settled - rejected - tooLarge, now);
			}
			this.ledger.dropped(DropReason.REJECTED, rejected);
			this.ledger.dropped(DropReason.EVENT_TOO_LARGE, tooLarge);
			this.lock.notifyAll();
		}
	}

	/**
	 * Drop what is in memory and count it; what is on disk stays there.
	 * @param reason the reason to count under
	 * @param sendingToo whether a batch that is being sent is given up as well
	 */
	void discard(DropReason reason, boolean sendingToo) {
		synchronized (this.lock) {
			this.ledger.dropped(reason, this.intake.clear());
			int events = this.waiting.clearMemory() + this.sending.discard(sendingToo) + this.intake.clearTaken();
			this.intake.released(events);
			boolean unwritten = reason == DropReason.SHUTDOWN && this.spiller.isFailing();
			this.ledger.dropped(unwritten ? DropReason.DISK_ERROR : reason, events);
			this.lock.notifyAll();
		}
	}

	/**
	 * Drop everything that is in memory, and whatever still comes, but for what is being
	 * sent: its result is known when the sink returns.
	 */
	void end(DropReason reason) {
		this.over = reason;
		discard(reason, false);
		// No thread flushes the sink any more
		this.progress.abandon();
	}

	/**
	 * Return a consistent snapshot: while the lock is held events only arrive, so each is
	 * counted in one place.
	 */
	DeliveryStatus status(String name, String target, boolean remote) {
		synchronized (this.lock) {
			long offered = this.intake.offered();
			return this.ledger.status(name, target, remote, offered, this.intake.pending(offered), this.waiting);
		}
	}

}
