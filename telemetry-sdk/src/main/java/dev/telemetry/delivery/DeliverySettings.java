package dev.telemetry.delivery;

import java.time.Duration;
import java.util.Objects;

import dev.telemetry.Internal;

/**
 * How a lane delivers.
 *
 * @param capacity how many events wait in memory at most
 * @param batchSize how many events make a batch
 * @param batchTimeout the longest an event waits before its batch leaves
 * @param retry how long to wait after a failure
 */
@Internal
public record DeliverySettings(int capacity, int batchSize, Duration batchTimeout, RetrySettings retry) {

	/** 8192 events in memory, batches of 512, leaving after 5 seconds at the latest. */
	public static final DeliverySettings DEFAULTS = new DeliverySettings(8192, 512, Duration.ofSeconds(5),
			RetrySettings.DEFAULTS);

	public DeliverySettings {
		if (capacity < 1) {
			throw new IllegalArgumentException("'capacity' must be positive");
		}
		if (batchSize < 1) {
			throw new IllegalArgumentException("'batchSize' must be positive");
		}
		if (batchTimeout.isNegative()) {
			throw new IllegalArgumentException("'batchTimeout' must not be negative");
		}
		Objects.requireNonNull(retry, "'retry' must not be null");
	}

}
