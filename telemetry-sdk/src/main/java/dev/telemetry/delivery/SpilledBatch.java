package dev.telemetry.delivery;

import java.nio.file.Path;

/**
 * A file of the spill, known by what its name and header say.
 *
 * @param from the position of its first event, or {@link #ADOPTED}
 * @param file the file
 * @param sequence its place in the order of all files of the sink
 * @param skipped how many of its events are settled already
 * @param size how many are not
 * @param bytes how large the file is
 * @param born when it was written, on the monotonic clock
 */
record SpilledBatch(long from, Path file, long sequence, int skipped, int size, long bytes,
		long born) implements Waiting {

	/** The position of events that the buffer of another lane took. */
	static final long ADOPTED = -1;

	boolean isAdopted() {
		return this.from == ADOPTED;
	}

	/** Return what remains when the oldest events are settled. */
	SpilledBatch without(int settled) {
		return new SpilledBatch(isAdopted() ? ADOPTED : this.from + settled, this.file, this.sequence,
				this.skipped + settled, this.size - settled, this.bytes, this.born);
	}

	/** Return what remains when fewer events could be read than were expected. */
	SpilledBatch ofSize(int readable) {
		return new SpilledBatch(this.from, this.file, this.sequence, this.skipped, readable, this.bytes, this.born);
	}

}
