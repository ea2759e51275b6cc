package dev.telemetry.delivery;

import java.time.Duration;

import dev.telemetry.Internal;

/**
 * How long to wait after a failure: exponentially longer, with jitter.
 *
 * @param initial the wait after the first failure
 * @param max the longest wait, jitter aside
 * @param multiplier by what each wait exceeds the one before
 * @param jitter how far a wait may differ at random, as a share of it from 0 to 1
 */
@Internal
public record RetrySettings(Duration initial, Duration max, double multiplier, double jitter) {

	/** 1 second, growing by half each time up to 60 seconds, a fifth more or less. */
	public static final RetrySettings DEFAULTS = new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(60), 1.5,
			0.2);

	public RetrySettings {
		if (initial.isNegative() || initial.isZero()) {
			throw new IllegalArgumentException("'initial' must be positive");
		}
		if (max.compareTo(initial) < 0) {
			throw new IllegalArgumentException("'max' must not be less than 'initial'");
		}
		if (!(multiplier >= 1 && Double.isFinite(multiplier))) {
			throw new IllegalArgumentException("'multiplier' must be at least 1");
		}
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("'jitter' must be between 0 and 1");
		}
	}

}
