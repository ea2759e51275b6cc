package dev.telemetry.delivery;

import java.time.Duration;

/**
 * How a lane delivers.
 *
 * @param capacity how many events wait in memory at most
 * @param batchSize how many events make a batch
 * @param batchTimeout the longest an event waits before its batch leaves
 */
public record DeliverySettings(int capacity, int batchSize, Duration batchTimeout) {

	/** 8192 events in memory, batches of 512, leaving after 5 seconds at the latest. */
	public static final DeliverySettings DEFAULTS = new DeliverySettings(8192, 512, Duration.ofSeconds(5));

	public DeliverySettings {
		if (capacity < 1 || batchSize < 1 || batchTimeout.isNegative()) {
			throw new IllegalArgumentException(
					"'capacity' and 'batchSize' must be positive and 'batchTimeout' not negative");
		}
	}

}
