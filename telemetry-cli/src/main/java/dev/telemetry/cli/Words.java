package dev.telemetry.cli;

import java.util.Locale;

/** The words of a fixed set, as people write them. */
final class Words {

	private Words() {
	}

	/** Return a constant as it is written in answers for programs. */
	static String lower(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/** Return a word as it stands in its set. */
	static String plain(String word) {
		return switch (word.trim().toLowerCase(Locale.ROOT)) {
			case "y", "yes", "true" -> "yes";
			case "n", "no", "false" -> "no";
			default -> word.trim().toLowerCase(Locale.ROOT);
		};
	}

}
