package dev.telemetry.consent;

import java.util.List;

/**
 * Words of a notice that have an order.
 *
 * @param fromPrivate the words, from the most private to the least
 */
record NoticeWords(List<String> fromPrivate) {

	static final String NO_MACHINE_ID = "none";

	/** How the identifier of the installation is made. */
	static final NoticeWords MACHINE_ID = new NoticeWords(List.of(NO_MACHINE_ID, "rotating", "derived"));

	/**
	 * How personal a value is declared to be: the more personal, the more is collected.
	 */
	static final NoticeWords PRIVACY = new NoticeWords(List.of("public", "internal", "pii", "sensitive"));

	static final String BUCKET = "bucket";

	/**
	 * What is replaced: the value is dropped, masked, hashed or rounded, or the secrets
	 * found in it are replaced, or nothing is.
	 */
	static final NoticeWords REDACTION = new NoticeWords(List.of("drop", "value", "hash", BUCKET, "secrets", "none"));

	NoticeWords {
		fromPrivate = List.copyOf(fromPrivate);
	}

	String known(String word) {
		if (!this.fromPrivate.contains(word)) {
			throw new IllegalArgumentException("'" + word + "' must be one of " + this.fromPrivate);
		}
		return word;
	}

	/** Compare two words: above 0 when the first is less private. */
	int compare(String word, String other) {
		return Integer.compare(this.fromPrivate.indexOf(word), this.fromPrivate.indexOf(other));
	}

	/** Return the less private one of two words. */
	String wider(String word, String other) {
		return (compare(word, other) >= 0) ? word : other;
	}

}
