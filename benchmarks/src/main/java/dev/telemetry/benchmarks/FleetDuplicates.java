package dev.telemetry.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What it costs a server to remove duplicates by their identifiers: a set of them in
 * memory, two words each, with open addressing and at most half full. It is the least
 * that an exact answer needs; an engine on disk needs more time and less memory.
 */
final class FleetDuplicates {

	private final long[] words;

	private final int mask;

	FleetDuplicates(int most) {
		int places = Integer.highestOneBit(Math.max(1, most - 1)) << 2;
		this.words = new long[places * 2];
		this.mask = places - 1;
	}

	/** Add an identifier, and return whether it is new. */
	boolean add(long high, long low) {
		int place = (int) (mix(low ^ Long.rotateLeft(high, 32)) & this.mask);
		while (this.words[place * 2] != 0 || this.words[place * 2 + 1] != 0) {
			if (this.words[place * 2] == high && this.words[place * 2 + 1] == low) {
				return false;
			}
			place = (place + 1) & this.mask;
		}
		this.words[place * 2] = high;
		this.words[place * 2 + 1] = low;
		return true;
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
		return mixed ^ (mixed >>> 33);
	}

	/**
	 * Return a row: identifiers of real requests first, then others of the same form, and
	 * one of a thousand once more.
	 */
	static String measure(int events, FleetWire wire) throws Exception {
		FleetDuplicates set = new FleetDuplicates(events);
		List<UUID> real = wire.identifiers(100);
		for (UUID id : real) {
			if (!set.add(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
				throw new IllegalStateException("events of one batch have the same identifier");
			}
		}
		SplittableRandom random = new SplittableRandom(events);
		long first = real.get(0).getMostSignificantBits();
		int twice = 0;
		int found = 0;
		long begun = System.nanoTime();
		for (int i = real.size(); i < events; i++) {
			// The first word is a time, so many have nearly the same
			long high = first + ((long) (i / 64) << 16);
			long low = random.nextLong() | Long.MIN_VALUE;
			set.add(high, low);
			if (i % 1000 == 0) {
				twice++;
				found += set.add(high, low) ? 0 : 1;
			}
		}
		long elapsed = System.nanoTime() - begun;
		return String.format(Locale.ROOT, "| %,d | %,d of %,d | %.0f | %.0f |", events, found, twice,
				8.0 * set.words.length / events, (double) elapsed / events);
	}

}
