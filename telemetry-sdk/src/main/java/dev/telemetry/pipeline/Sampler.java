package dev.telemetry.pipeline;

import java.util.function.DoubleSupplier;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/** Decides by a rate whether an event is recorded. Safe if its random source is. */
@Internal
public final class Sampler {

	private final DoubleSupplier random;

	/**
	 * Create a sampler.
	 * @param random returns numbers from 0 (inclusive) to 1 (exclusive)
	 */
	public Sampler(DoubleSupplier random) {
		this.random = random;
	}

	/**
	 * Decide about one event.
	 * @param rate the share to record: 1 and above records always, 0 and below never
	 * @return whether to record the event
	 */
	public boolean keeps(double rate) {
		return rate >= 1 || (rate > 0 && this.random.getAsDouble() < rate);
	}

	/**
	 * Decide about one event of several that belong together. For the same key the answer
	 * to a rate is always the same, in every process, and a higher rate records all that
	 * a lower one records.
	 * @param rate the share to record: 1 and above records always, 0 and below never
	 * @param key what the events have in common, or {@code null} for an event of its own
	 * @return whether to record the event
	 */
	public boolean keeps(double rate, @Nullable String key) {
		return (key != null) ? rate >= 1 || (rate > 0 && share(key) < rate) : keeps(rate);
	}

	/** Spread keys evenly from 0 to 1: FNV-1a, then the finaliser of MurmurHash3. */
	private static double share(String key) {
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < key.length(); i++) {
			hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
		}
		hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return ((hash ^ (hash >>> 33)) >>> 11) * 0x1.0p-53;
	}

}
