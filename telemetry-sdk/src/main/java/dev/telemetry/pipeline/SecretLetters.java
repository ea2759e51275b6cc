package dev.telemetry.pipeline;

import java.util.List;

/**
 * Says whether the letters of a text could name a secret. Whatever else is between
 * letters does not count, as {@link SecretNames} takes names apart; so a text without any
 * of these three letters in a row has no such name in it, anywhere.
 */
final class SecretLetters {

	/** There are none. */
	static final int NONE = Integer.MAX_VALUE;

	/** Rare in other words, and in most of the names. */
	private static final List<String> PREFERRED = List.of("pas", "ssw", "psw", "key", "tok", "ecr", "ses", "sid", "uth",
			"sig", "oki", "pin", "otp", "cod", "jwt", "rer", "ede", "eds", "srf", "dpr", "nsw", "rme", "nnw", "htw",
			"ras", "enh", "yco", "eno", "gsk", "lsz", "asl", "esl", "asa", "wsa", "cfc");

	private static final int LETTERS = 5;

	private static final int MASK = (1 << (3 * LETTERS)) - 1;

	/** By three letters, of which five bits each tell enough. */
	private static final boolean[] PARTS = new boolean[MASK + 1];
	static {
		PREFERRED.forEach(SecretLetters::put);
		// A scheme in front of a colon or an equals sign
		put("basic");
		SecretNames.all().filter((name) -> first(name) == NONE).forEach(SecretLetters::put);
	}

	private SecretLetters() {
	}

	/** Only its last letters tell a name, if it is short with any letter before it. */
	private static void put(String name) {
		int last = name.length() - 1;
		int two = ((name.charAt(last - 1) & 31) << LETTERS) | (name.charAt(last) & 31);
		for (int before = 0; before < 32; before++) {
			if (name.length() == 2 || (name.charAt(last - 2) & 31) == before) {
				PARTS[(before << (2 * LETTERS)) | two] = true;
			}
		}
	}

	/** Say whether there could be a name before a position. */
	static boolean areBefore(String text, int end) {
		return first(text, end) != NONE;
	}

	/**
	 * Find the first letters that could be those of a name.
	 * @param text the text
	 * @return where they end, or {@link #NONE}
	 */
	static int first(String text) {
		return first(text, text.length());
	}

	private static int first(String text, int end) {
		int letters = 0;
		for (int i = 0; i < end; i++) {
			char c = text.charAt(i);
			if (c >= 128) {
				// A name in another script
				if (Character.isLetter(c)) {
					return i + 1;
				}
			}
			else if (c >= 'A' && Ascii.isLetter(c)) {
				letters = ((letters << LETTERS) | (c & 31)) & MASK;
				if (PARTS[letters]) {
					return i + 1;
				}
			}
		}
		return NONE;
	}

}
