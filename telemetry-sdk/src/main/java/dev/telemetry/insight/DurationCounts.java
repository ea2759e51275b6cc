package dev.telemetry.insight;

import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * How often each duration of a range was measured, by weight. When there is no room for
 * more of them, neighbours are counted together: their bits, which are ordered as the
 * numbers are, lose the last ones.
 */
final class DurationCounts {

	private static final int SMALLEST = 8;

	private final ReportLimits limits;

	private final int mostSlots;

	/** The least bits of the range. */
	private final long low;

	private int shift;

	/** One more than the key; 0 is free. */
	private long[] keys = new long[SMALLEST];

	private long[] weights = new long[SMALLEST];

	private int size;

	/**
	 * Create counts.
	 * @param limits tells whether there is room for more; the first few are free
	 * @param mostSlots how large the table may become, a power of two
	 * @param low the bits of the least duration
	 */
	DurationCounts(ReportLimits limits, int mostSlots, long low) {
		this.limits = limits;
		this.mostSlots = mostSlots;
		this.low = low;
	}

	void add(long bits, long weight) {
		put(((bits - this.low) >>> this.shift) + 1, weight);
		if (this.size > this.keys.length / 4 * 3) {
			int slots = this.keys.length * 2;
			if (slots <= this.mostSlots && this.limits.takeSlots(slots / 2)) {
				rehash(slots, 0);
			}
			else {
				coarsen();
			}
		}
	}

	private void coarsen() {
		while (this.size > this.keys.length / 2) {
			this.shift++;
			rehash(this.keys.length, 1);
		}
	}

	private void rehash(int slots, int bits) {
		long[] oldKeys = this.keys;
		long[] oldWeights = this.weights;
		this.keys = new long[slots];
		this.weights = new long[slots];
		this.size = 0;
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldKeys[i] != 0) {
				put(((oldKeys[i] - 1) >>> bits) + 1, oldWeights[i]);
			}
		}
	}

	private void put(long key, long weight) {
		int mask = this.keys.length - 1;
		long mixed = key * 0x9e3779b97f4a7c15L;
		int slot = (int) (mixed >>> 32) & mask;
		while (this.keys[slot] != 0 && this.keys[slot] != key) {
			slot = (slot + 1) & mask;
		}
		if (this.keys[slot] == 0) {
			this.keys[slot] = key;
			this.size++;
		}
		this.weights[slot] = EventWeight.add(this.weights[slot], weight);
	}

	/**
	 * Find where a rank is.
	 * @param rank the weight that durations up to the one looked for reach
	 * @return the narrowest range known that it is in, or {@code null} if all durations
	 * do not reach it
	 */
	@Nullable Range find(long rank) {
		int[] ordered = IntStream.range(0, this.keys.length)
			.filter((slot) -> this.keys[slot] != 0)
			.boxed()
			.sorted((a, b) -> Long.compare(this.keys[a], this.keys[b]))
			.mapToInt(Integer::intValue)
			.toArray();
		long below = 0;
		for (int slot : ordered) {
			long reached = EventWeight.add(below, this.weights[slot]);
			if (reached >= rank) {
				long from = this.low + ((this.keys[slot] - 1) << this.shift);
				return new Range(from, from + (1L << this.shift) - 1, rank - below);
			}
			below = reached;
		}
		return null;
	}

	/** Give back what was taken; nothing is counted any more. */
	void release() {
		this.limits.giveSlots(this.keys.length - SMALLEST);
		this.keys = new long[SMALLEST];
		this.weights = new long[SMALLEST];
		this.size = 0;
	}

	/**
	 * Where a rank is.
	 *
	 * @param low the bits of the least duration it can be
	 * @param high the bits of the greatest
	 * @param rank what is left of the rank, within the range
	 */
	record Range(long low, long high, long rank) {

		boolean isExact() {
			return this.low == this.high;
		}

	}

}
