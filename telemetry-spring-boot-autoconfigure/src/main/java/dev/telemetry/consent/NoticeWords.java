package dev.telemetry.consent;

import java.util.List;

/** Words of a notice, each list from the most private to the least. */
enum NoticeWords {

	/** How the identifier of the installation is made. */
	MACHINE_ID("none", "rotating", "derived"),

	/**
	 * How personal a value is declared to be: the more personal, the more is collected.
	 */
	PRIVACY("public", "internal", "pii", "sensitive"),

	/** What is replaced: the whole value, the secrets found in it, nothing. */
	REDACTION("value", "secrets", "none");

	static final String NO_MACHINE_ID = "none";

	private final List<String> words;

	NoticeWords(String... words) {
		this.words = List.of(words);
	}

	String known(String word) {
		if (!this.words.contains(word)) {
			throw new IllegalArgumentException("'" + word + "' must be one of " + this.words);
		}
		return word;
	}

	/** Compare two words: above 0 when the first is less private. */
	int compare(String word, String other) {
		return Integer.compare(this.words.indexOf(word), this.words.indexOf(other));
	}

}
