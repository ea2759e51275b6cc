package dev.telemetry.event;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7 (RFC 9562): 48 bits of the event's time, 74 random bits. Ids
 * of one thread and one millisecond rise, by a random step (method 2 of RFC 9562, section
 * 6.2). The random bits need to be unique, not secret, so a fast generator seeded by the
 * system's random source serves.
 */
final class EventIds {

	/*
	 * Threads share only SEEDS, which provides each thread with its own start. All other
	 * state is the thread's: an array of the JDK's types, so that a thread of a pool
	 * keeps no class of ours alive after the application is gone.
	 */
	private static final AtomicLong SEEDS = new AtomicLong(new SecureRandom().nextLong());

	private static final ThreadLocal<long[]> STATE = ThreadLocal.withInitial(EventIds::newState);

	private static final int SEED = 0;

	private static final int MILLIS = 1;

	private static final int HIGH = 2;

	private static final int LOW = 3;

	private static final long GAMMA = 0x9E3779B97F4A7C15L;

	private static final long VERSION = 0x7000L;

	private static final long VARIANT = 0x8000000000000000L;

	private static final long LOW_BITS = 0x3FFFFFFFFFFFFFFFL;

	private EventIds() {
	}

	static void assign(Event.Builder builder) {
		long[] state = builder.ids();
		long millis = builder.timestampMillis();
		long step = next(state);
		long low = (state[LOW] + 1 + (step >>> 32)) & LOW_BITS;
		if (millis == state[MILLIS] && low > state[LOW]) {
			state[LOW] = low;
		}
		else {
			state[MILLIS] = millis;
			state[HIGH] = step & 0xFFFL;
			state[LOW] = next(state) & LOW_BITS;
		}
		builder.id((millis << 16) | VERSION | state[HIGH], VARIANT | state[LOW]);
	}

	static long[] ofThread() {
		return STATE.get();
	}

	private static long[] newState() {
		return new long[] { mix(SEEDS.getAndAdd(GAMMA)), -1, 0, 0 };
	}

	private static long next(long[] state) {
		state[SEED] += GAMMA;
		return mix(state[SEED]);
	}

	/**
	 * Spread the bits of a number, as SplitMix64 does (Steele, Lea, Flood: "Fast
	 * splittable pseudorandom number generators", 2014).
	 */
	private static long mix(long value) {
		long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

}
