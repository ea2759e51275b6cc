package dev.telemetry.benchmarks;

import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The values of an event: four strings, of which the cost of redaction depends.
 */
public enum Texts {

	/** The shortest, and always the same. */
	CONST {

		@Override
		String[] row(RandomGenerator random) {
			return new String[] { "A-1", "web", "EUR", "DE" };
		}

	},

	/** Words of 3 to 12 letters. */
	SHORT {

		@Override
		String[] row(RandomGenerator random) {
			return new String[] { letters(random, 3, 12), letters(random, 3, 12), letters(random, 3, 12),
					letters(random, 3, 12) };
		}

	},

	/** 20 to 80 letters and blanks. */
	LONG {

		@Override
		String[] row(RandomGenerator random) {
			return new String[] { sentence(random), sentence(random), sentence(random), sentence(random) };
		}

	},

	/** What applications record: an id, a path with a query, a method, a sentence. */
	MIXED {

		@Override
		String[] row(RandomGenerator random) {
			return new String[] { new UUID(random.nextLong(), random.nextLong()).toString(),
					"/shop/orders/" + random.nextInt(100_000) + "?page=" + random.nextInt(50) + "&sort=name",
					"com.example.shop." + letters(random, 4, 8) + ".OrderService#" + letters(random, 4, 10),
					sentence(random) };
		}

	},

	/** Like {@link #MIXED}, but no string is seen twice. */
	FRESH {

		@Override
		String[] row(RandomGenerator random) {
			return MIXED.row(random);
		}

	};

	private static final int KNOWN = 2048;

	private String[][] known = {};

	abstract String[] row(RandomGenerator random);

	/**
	 * Return the values of a burst. Made before it begins, so that what is measured is
	 * recording alone.
	 * @param count how many events
	 * @return four strings for each
	 */
	synchronized String[][] burst(int count) {
		if (this != FRESH && this.known.length >= count) {
			return this.known;
		}
		// The same in each run, except for those that must be new
		RandomGenerator random = (this == FRESH) ? new Random() : new Random(17);
		String[][] rows = new String[Math.max(count, KNOWN)][];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = row(random);
		}
		this.known = rows;
		return rows;
	}

	private static String letters(RandomGenerator random, int least, int most) {
		int length = random.nextInt(least, most + 1);
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			text.append((char) ('a' + random.nextInt(26)));
		}
		return text.toString();
	}

	private static String sentence(RandomGenerator random) {
		int length = random.nextInt(20, 81);
		StringBuilder text = new StringBuilder(length + 10);
		while (text.length() < length) {
			text.append(letters(random, 2, 9)).append(' ');
		}
		return text.toString().trim();
	}

}
