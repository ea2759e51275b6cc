package dev.telemetry.delivery;

import java.time.Duration;
import java.util.Objects;

import dev.telemetry.Internal;

/**
 * What may wait on disk.
 *
 * @param mode whether anything may
 * @param maxBytes how much for each sink, of all processes together
 * @param maxAge how long
 * @param fsync whether each file is brought to where it survives a power cut
 */
@Internal
public record SpillSettings(DeliveryMode mode, long maxBytes, Duration maxAge, boolean fsync) {

	/** At least once; 64 MB for 7 days, surviving a power cut. */
	public static final SpillSettings DEFAULTS = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 64L << 20,
			Duration.ofDays(7), true);

	public SpillSettings {
		Objects.requireNonNull(mode, "'mode' must not be null");
		if (maxBytes < 0) {
			throw new IllegalArgumentException("'maxBytes' must not be negative");
		}
		if (maxAge.isNegative()) {
			throw new IllegalArgumentException("'maxAge' must not be negative");
		}
	}

}
