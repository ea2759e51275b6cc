package dev.telemetry.delivery;

import java.util.List;

import dev.telemetry.delivery.SpillStore.Found;

/** Where a lane's batches wait: on disk, or nowhere but in memory. */
interface Spiller {

	/**
	 * For lanes of local sinks, and where nothing may be written: batches stay in memory.
	 */
	Spiller NONE = new NoSpiller();

	/**
	 * Return whether batches are written to files.
	 * @return {@code false} if they stay in memory
	 */
	boolean writesFiles();

	/**
	 * Write a batch.
	 * @param batch the batch
	 * @param room makes room for a number of bytes within a limit, if it can
	 * @return where its events are now
	 */
	Stored write(Batch batch, Room room);

	/**
	 * Adopt what others left, and prune.
	 * @param files takes what is found
	 * @return whether something was found
	 */
	boolean maintain(BacklogFiles files);

	/** Return whether the last batch could not be written. */
	boolean isFailing();

	/** Return the nanoseconds until {@link #maintain} has something to do. */
	long untilDue();

	Found read(SpilledBatch file);

	/** Remove files that are settled or pruned. */
	void remove(List<SpilledBatch> files);

	void close();

	/** Makes room by pruning. */
	@FunctionalInterface
	interface Room {

		/**
		 * Prune the oldest until there is room.
		 * @param bytes how much is to be written
		 * @param limit how much may be stored there
		 * @return whether there is room
		 */
		boolean make(long bytes, long limit);

	}

	/**
	 * Where the events of a batch are.
	 *
	 * @param parts files and what stayed in memory, oldest first
	 * @param tooLarge how many events no file may hold
	 */
	record Stored(List<Waiting> parts, int tooLarge) {

		static Stored inMemory(Batch batch) {
			return new Stored(List.of(batch), 0);
		}

		int inMemory() {
			return this.parts.stream().filter(Batch.class::isInstance).mapToInt(Waiting::size).sum();
		}

		List<SpilledBatch> files() {
			return this.parts.stream().filter(SpilledBatch.class::isInstance).map(SpilledBatch.class::cast).toList();
		}

	}

}
