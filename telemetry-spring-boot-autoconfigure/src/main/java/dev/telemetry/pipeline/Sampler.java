package dev.telemetry.pipeline;

import java.util.function.DoubleSupplier;

/** Decides by a rate whether an event is kept. Safe if its random source is. */
public final class Sampler {

	private final DoubleSupplier random;

	/**
	 * Create a sampler.
	 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
	 */
	public Sampler(DoubleSupplier random) {
		this.random = random;
	}

	/**
	 * Decide about one event.
	 * @param rate the share to keep: 1 and above keeps always, 0 and below never
	 * @return whether to keep the event
	 */
	public boolean keeps(double rate) {
		return rate >= 1 || (rate > 0 && this.random.getAsDouble() < rate);
	}

}
