package dev.telemetry.consent.notice;

import java.util.List;
import java.util.Locale;

/**
 * Values of a notice that have an order.
 *
 * @param fromPrivate the values, from the most private to the least
 */
record PrivacyOrder(List<String> fromPrivate) {

	static final String NO_MACHINE_ID = "none";

	/** How the identifier of the installation is made. */
	static final PrivacyOrder MACHINE_ID = new PrivacyOrder(List.of(NO_MACHINE_ID, "rotating", "derived"));

	/**
	 * How personal a value is declared to be: the more personal, the more is collected.
	 */
	static final PrivacyOrder PRIVACY = new PrivacyOrder(List.of("public", "internal", "pii", "sensitive"));

	static final String BUCKET = "bucket";

	/**
	 * What is replaced: the value is dropped, masked, hashed or rounded, or the secrets
	 * found in it are replaced, or nothing is.
	 */
	static final PrivacyOrder REDACTION = new PrivacyOrder(List.of("drop", "value", "hash", BUCKET, "secrets", "none"));

	PrivacyOrder {
		fromPrivate = List.copyOf(fromPrivate);
	}

	String known(String word) {
		if (!this.fromPrivate.contains(word)) {
			throw new IllegalArgumentException("'" + word + "' must be one of " + this.fromPrivate);
		}
		return word;
	}

	/** Compare two values: above 0 when the first is less private. */
	int compare(String word, String other) {
		return Integer.compare(this.fromPrivate.indexOf(word), this.fromPrivate.indexOf(other));
	}

	/** Convert a constant to the value a notice uses for it. */
	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/** Return the least private value. */
	String widest() {
		return this.fromPrivate.get(this.fromPrivate.size() - 1);
	}

	/** Return the less private one of two values. */
	String wider(String word, String other) {
		return (compare(word, other) >= 0) ? word : other;
	}

}
