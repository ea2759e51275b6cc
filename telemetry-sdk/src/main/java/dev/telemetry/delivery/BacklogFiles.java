package dev.telemetry.delivery;

import java.util.List;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.delivery.SpillStore.Adoption;
import dev.telemetry.event.DropReason;

/**
 * What of a lane's backlog is on disk, as a whole: files come from other lanes, and go by
 * age, for room, or all at once. The lane's lock is held for moves and counts, never
 * while a file is touched.
 */
final class BacklogFiles {

	private final Object lock;

	@GuardedBy("lock")
	private final WaitingBatches waiting;

	@GuardedBy("lock")
	private final SendingBatch sending;

	private final Spiller spiller;

	private final DeliveryLedger ledger;

	BacklogFiles(Object lock, WaitingBatches waiting, SendingBatch sending, Spiller spiller, DeliveryLedger ledger) {
		this.lock = lock;
		this.waiting = waiting;
		this.sending = sending;
		this.spiller = spiller;
		this.ledger = ledger;
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
			pruned = prune(this.waiting.removeFiles(expired), DropReason.SPILL_AGE);
		}
		this.spiller.remove(pruned);
	}

	/**
	 * Drop the oldest files until there is room. What is being sent stays.
	 * @param bytes how much room is needed
	 * @param limit how much may be stored on disk
	 * @return whether there is room now
	 */
	boolean makeRoom(long bytes, long limit) {
		List<SpilledBatch> pruned = List.of();
		boolean room;
		synchronized (this.lock) {
			if (bytes <= limit && this.waiting.spilledBytes() + bytes > limit) {
				this.sending.putBack(false);
				pruned = prune(this.waiting.removeOldestFiles(limit - bytes), DropReason.SPILL_QUOTA);
			}
			room = this.waiting.spilledBytes() + bytes <= limit;
		}
		this.spiller.remove(pruned);
		return room;
	}

	/** Drop everything and count it, but for what is being sent. */
	void discard(DropReason reason) {
		this.spiller.remove(forget(reason, false));
	}

	/**
	 * Count everything as lost.
	 * @param reason the reason to count it under
	 * @param sendingToo whether a batch that is being sent is given up as well
	 * @return the files
	 */
	List<SpilledBatch> forget(DropReason reason, boolean sendingToo) {
		synchronized (this.lock) {
			this.sending.putBack(sendingToo);
			return prune(this.waiting.removeFiles((file) -> true), reason);
		}
	}

	@GuardedBy("lock")
	private List<SpilledBatch> prune(List<SpilledBatch> removed, DropReason reason) {
		removed.forEach((file) -> this.ledger.dropped(reason, file.size()));
		this.lock.notifyAll();
		return removed;
	}

}
