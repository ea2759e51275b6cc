package dev.telemetry.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Keeps batches that left the buffer until the sink has acknowledged them, oldest first.
 * A batch that is being sent stays the first until it is done with. Guarded by the lane's
 * lock.
 */
interface WaitingBatches {

	void append(Batch batch);

	@Nullable Batch first();

	/** Replace the first batch with what remains of it; {@code null} if nothing does. */
	void replaceFirst(@Nullable Batch rest);

	/** Return how many events are kept in memory. */
	int events();

	/** Forget all batches but the given one and return how many events that were. */
	int clear(@Nullable Batch kept);

}
