package dev.telemetry.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * What left the buffer and waits for its turn, oldest first: files of earlier lanes, and
 * what this lane collected. While there are both, earlier lanes have two turns of three,
 * so that a backlog is neither kept waiting nor keeps new events waiting. Guarded by the
 * lane's lock.
 * <p>
 * The totals are of every file that is not settled, also one that was taken out in order
 * to be sent: {@link #forget} ends its counting.
 */
final class WaitingBatches {

	/** Files are sent together as long as they are no larger than this. */
	private static final int MAX_TOGETHER = SpillFormat.MAX_FILE;

	private static final int MAX_TURNS = 2;

	private final PriorityQueue<SpilledBatch> adopted = new PriorityQueue<>(
			Comparator.comparingLong(SpilledBatch::sequence));

	private final Deque<Waiting> collected = new ArrayDeque<>();

	/** How many turns earlier lanes had in a row. */
	private int turns;

	private long spilled;

	private long spilledFiles;

	private long spilledBytes;

	long spilled() {
		return this.spilled;
	}

	long spilledFiles() {
		return this.spilledFiles;
	}

	long spilledBytes() {
		return this.spilledBytes;
	}

	void append(Waiting waiting) {
		if (waiting instanceof SpilledBatch file) {
			this.spilled += file.size();
			this.spilledFiles++;
			this.spilledBytes += file.bytes();
			if (file.isAdopted()) {
				this.adopted.add(file);
				return;
			}
		}
		this.collected.addLast(waiting);
	}

	/** A file is settled, or not there any more. */
	void forget(SpilledBatch file) {
		this.spilled -= file.size();
		this.spilledFiles--;
		this.spilledBytes -= file.bytes();
	}

	/** Some events of a file are settled. */
	void shrunk(int events) {
		this.spilled -= events;
	}

	/**
	 * Take out what is to be sent next: a batch in memory, or as many files as make one.
	 */
	List<Waiting> poll(int limit) {
		boolean adoptedHaveTheTurn = !this.adopted.isEmpty() && (this.turns < MAX_TURNS || this.collected.isEmpty());
		this.turns = adoptedHaveTheTurn ? this.turns + 1 : 0;
		return poll(adoptedHaveTheTurn ? this.adopted : this.collected, limit);
	}

	private static List<Waiting> poll(Queue<? extends Waiting> queue, int limit) {
		List<Waiting> taken = new ArrayList<>();
		int events = 0;
		long bytes = 0;
		for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
			events += next.size();
			bytes += (next instanceof SpilledBatch file) ? file.bytes() : 0;
			boolean fits = next instanceof SpilledBatch && events <= limit && bytes <= MAX_TOGETHER;
			if (!taken.isEmpty() && !fits) {
				break;
			}
			taken.add(queue.remove());
			if (next instanceof Batch) {
				break;
			}
		}
		return taken;
	}

	/** Put files back where they were. */
	void putBack(List<SpilledBatch> files) {
		for (int i = files.size() - 1; i >= 0; i--) {
			SpilledBatch file = files.get(i);
			if (file.isAdopted()) {
				this.adopted.add(file);
			}
			else {
				this.collected.addFirst(file);
			}
		}
	}

	/** Return the position of the oldest event that this lane collected, or the given. */
	long firstPosition(long otherwise) {
		Waiting first = this.collected.peekFirst();
		return (first != null) ? first.from() : otherwise;
	}

	/**
	 * Take out the oldest files until the rest, with what is being sent, is this small.
	 */
	List<SpilledBatch> removeOldestFiles(long bytes) {
		List<SpilledBatch> removed = new ArrayList<>();
		while (this.spilledBytes > bytes && !this.adopted.isEmpty()) {
			removed.add(this.adopted.remove());
			forget(removed.get(removed.size() - 1));
		}
		Iterator<Waiting> rest = this.collected.iterator();
		while (this.spilledBytes > bytes && rest.hasNext()) {
			if (rest.next() instanceof SpilledBatch file) {
				rest.remove();
				removed.add(file);
				forget(file);
			}
		}
		return removed;
	}

	/** Take out files and stop counting them. */
	List<SpilledBatch> removeFiles(Predicate<SpilledBatch> which) {
		List<SpilledBatch> removed = new ArrayList<>();
		this.adopted.removeIf((file) -> which.test(file) && removed.add(file));
		this.collected
			.removeIf((waiting) -> waiting instanceof SpilledBatch file && which.test(file) && removed.add(file));
		removed.forEach(this::forget);
		return removed;
	}

	/** Forget what is in memory and return how many events that was. */
	int clearMemory() {
		int events = this.collected.stream().filter(Batch.class::isInstance).mapToInt(Waiting::size).sum();
		this.collected.removeIf(Batch.class::isInstance);
		return events;
	}

}
