package dev.telemetry.delivery;

/** What waits for its turn to be sent: events in memory, or a file. */
sealed interface Waiting permits Batch, SpilledBatch {

	/** Return the position of the first event, below 0 for what no buffer took. */
	long from();

	/** Return how many events are not settled yet. */
	int size();

}
