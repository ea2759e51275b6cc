package dev.telemetry.event;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * Makes UUIDs of version 7 (RFC 9562): 48 bits of time, 74 random bits. The random bits
 * need to be unique, not secret, so a fast generator seeded by the system's random source
 * serves.
 */
final class EventIds {

	private static final ThreadLocal<SplittableRandom> RANDOM = ThreadLocal
		.withInitial(() -> new SplittableRandom(new SecureRandom().nextLong()));

	private EventIds() {
	}

	static void assign(Event.Builder builder) {
		SplittableRandom random = RANDOM.get();
		long high = (builder.timestampMillis() << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
		long low = 0x8000000000000000L | (random.nextLong() >>> 2);
		builder.id(high, low);
	}

}
