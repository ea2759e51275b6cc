package dev.telemetry.delivery;

import java.util.ArrayList;
import java.util.List;

import dev.telemetry.delivery.SpillStore.Found;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * The batch whose turn it is: handed out to be sent, or held for its next try. It may
 * have been read from files, which are then settled with it. Guarded by the lane's lock.
 */
final class SendingBatch {

	private final WaitingBatches waiting;

	private final DeliveryLedger ledger;

	private @Nullable Batch batch;

	/** The files it was, or is to be, read from; none if it never was on disk. */
	private List<SpilledBatch> files = List.of();

	private boolean underWay;

	SendingBatch(WaitingBatches waiting, DeliveryLedger ledger) {
		this.waiting = waiting;
		this.ledger = ledger;
	}

	/** Take the oldest of what waits, unless there is one for its next try. */
	void begin(int batchSize) {
		if (this.batch == null && this.files.isEmpty()) {
			List<SpilledBatch> taken = new ArrayList<>();
			for (Waiting next : this.waiting.poll(batchSize)) {
				if (next instanceof SpilledBatch file) {
					taken.add(file);
				}
				else {
					this.batch = (Batch) next;
				}
			}
			this.files = List.copyOf(taken);
		}
		this.underWay = this.batch != null || !this.files.isEmpty();
	}

	@Nullable Batch batch() {
		return this.batch;
	}

	List<SpilledBatch> files() {
		return this.files;
	}

	/**
	 * The files were read.
	 * @param found what was found in each
	 * @return the files in which there was nothing
	 */
	List<SpilledBatch> loaded(List<Found> found) {
		List<Event> events = new ArrayList<>();
		List<SpilledBatch> read = new ArrayList<>();
		List<SpilledBatch> empty = new ArrayList<>();
		for (int i = 0; i < found.size(); i++) {
			SpilledBatch file = this.files.get(i);
			List<Event> readable = found.get(i).events();
			int lost = file.size() - readable.size();
			this.ledger.dropped(found.get(i).reason(), lost);
			this.waiting.shrunk(lost);
			(readable.isEmpty() ? empty : read).add(file.ofSize(readable.size()));
			events.addAll(readable);
		}
		empty.forEach(this.waiting::forget);
		this.batch = events.isEmpty() ? null : new Batch(read.get(0).from(), events);
		this.files = List.copyOf(read);
		return empty;
	}

	/** Return the files of which nothing is left when the oldest events are settled. */
	List<SpilledBatch> doneWith(int settled) {
		List<SpilledBatch> done = new ArrayList<>();
		int events = 0;
		for (SpilledBatch file : this.files) {
			events += file.size();
			if (events <= settled) {
				done.add(file);
			}
		}
		return done;
	}

	/**
	 * The oldest events are settled.
	 * @param settled how many
	 * @param rest what is left for the next try, or {@code null}
	 * @return how many events are not in memory any more that were there only
	 */
	int settle(int settled, @Nullable Batch rest) {
		boolean inMemory = this.files.isEmpty();
		List<SpilledBatch> left = new ArrayList<>();
		int open = settled;
		for (SpilledBatch file : this.files) {
			int done = Math.min(open, file.size());
			open -= done;
			if (done == file.size()) {
				this.waiting.forget(file);
			}
			else {
				this.waiting.shrunk(done);
				left.add(file.without(done));
			}
		}
		this.files = List.copyOf(left);
		this.batch = rest;
		this.underWay = false;
		return inMemory ? settled : 0;
	}

	/**
	 * What is only held for its next try goes back to the files that wait.
	 * @param force whether also what is being sent does
	 */
	void putBack(boolean force) {
		if (!this.files.isEmpty() && (force || !this.underWay)) {
			this.waiting.putBack(this.files);
			this.files = List.of();
			this.batch = null;
			this.underWay = false;
		}
	}

	/**
	 * Forget what is in memory only.
	 * @param force whether also what is being sent is given up
	 * @return how many events that was
	 */
	int discard(boolean force) {
		Batch given = this.batch;
		if (given == null || !this.files.isEmpty() || (this.underWay && !force)) {
			return 0;
		}
		this.batch = null;
		return given.size();
	}

	/** Return the position of its first event that this lane took, or the given. */
	long firstPosition(long otherwise) {
		for (SpilledBatch file : this.files) {
			if (!file.isAdopted()) {
				return file.from();
			}
		}
		return (this.batch != null && this.files.isEmpty()) ? this.batch.from() : otherwise;
	}

}
