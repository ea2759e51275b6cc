package dev.telemetry.pipeline;

import java.util.List;

/**
 * Says whether a word in front of a blank, or of a plus sign, could have a credential
 * behind it: a scheme of authentication, an option, what ends a sentence about a
 * password. Most words end with letters that none of these has.
 */
final class CredentialSigns {

	/** By five bits of each of their last two letters. */
	private static final boolean[] ENDINGS = new boolean[1 << 10];
	static {
		for (String sign : List.of("basic", "password", "negotiate", "are", "masterauth", "ntlm", "token", "dpop",
				"bearer", "is", "was", "es", "requirepass", "ist", "est", "lautet", "apikey", "by")) {
			ENDINGS[ending(sign, sign.length())] = true;
		}
	}

	private CredentialSigns() {
	}

	private static int ending(String text, int end) {
		return ((text.charAt(end - 2) & 31) << 5) | (text.charAt(end - 1) & 31);
	}

	/** Say whether a word that ends at a position could be one of the signs. */
	static boolean couldEnd(String text, int end) {
		return end > 1 && ENDINGS[ending(text, end)];
	}

	/**
	 * Say whether the word could be in front of a credential.
	 * @param text the text
	 * @param start where the word begins
	 * @param end where it ends, at the blank or plus sign
	 * @param plain whether it is known to be of small letters but for the first character
	 * @param plus whether a plus sign follows
	 * @return whether {@link CredentialScanner} has to look
	 */
	static boolean isArgument(String text, int start, int end, boolean plain, boolean plus) {
		char last = text.charAt(end - 1);
		if (last >= 128 || isSign(text, start, end, last)) {
			return true;
		}
		if (plain) {
			return (end - start >= SecretNames.LONGEST) || (isQuoteAhead(text, end) && isToken(text, start, end));
		}
		if ((text.charAt(start) == '-' && end - start > 2) || end - start >= SecretNames.LONGEST) {
			return true;
		}
		return !plus && (isQuoteAhead(text, end) || !isPlain(text, start + 1, end)) && isToken(text, start, end);
	}

	private static boolean isToken(String text, int start, int end) {
		return SecretNames.of(text, start, end).compareTo(SecretName.TOKEN) >= 0;
	}

	/** What has a meaning of its own, by its last letter. */
	private static boolean isSign(String text, int start, int end, char last) {
		return switch (Ascii.lower(last)) {
			case 'c' -> is(text, start, end, "basic");
			case 'd' -> endsWith(text, end, "password");
			case 'e' -> is(text, start, end, "negotiate") || isAuxiliary(text, start, end, "are");
			case 'h' -> endsWith(text, end, "masterauth");
			case 'm' -> is(text, start, end, "ntlm");
			case 'n' -> is(text, start, end, "token");
			case 'p' -> is(text, start, end, "dpop");
			case 'r' -> is(text, start, end, "bearer");
			case 's' -> isAuxiliary(text, start, end, "is") || isAuxiliary(text, start, end, "was")
					|| isAuxiliary(text, start, end, "es") || endsWith(text, end, "requirepass");
			case 't' -> isAuxiliary(text, start, end, "ist") || isAuxiliary(text, start, end, "est")
					|| isAuxiliary(text, start, end, "lautet");
			case 'y' ->
				is(text, start, end, "apikey") || (endsWith(text, end, "by") && isBehind(text, start, "identified"));
			default -> false;
		};
	}

	/** A word between a name and its value, if there could be a name before it. */
	private static boolean isAuxiliary(String text, int start, int end, String word) {
		return is(text, start, end, word) && SecretLetters.areBefore(text, start);
	}

	/** As {@code BY} is behind {@code IDENTIFIED WITH plugin}. */
	private static boolean isBehind(String text, int end, String word) {
		int from = Math.max(0, end - 2 * SecretNames.LONGEST);
		for (int i = from; i + word.length() <= end; i++) {
			if (text.regionMatches(true, i, word, 0, word.length())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPlain(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			if (!Ascii.isLower(c) && c != '-') {
				return false;
			}
		}
		return true;
	}

	/** Say whether there is a quote at a position or behind the blanks there. */
	static boolean isQuoteAhead(String text, int start) {
		int i = start;
		while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
			i++;
		}
		return i < text.length() && ScannedText.isQuote(text.charAt(i));
	}

	private static boolean is(String text, int start, int end, String word) {
		return end - start == word.length() && endsWith(text, end, word);
	}

	/** Say whether a word, given in lower-case ASCII, ends at a position. */
	static boolean endsWith(String text, int end, String word) {
		int start = end - word.length();
		if (start < 0) {
			return false;
		}
		for (int i = 0; i < word.length(); i++) {
			if (Ascii.lower(text.charAt(start + i)) != word.charAt(i)) {
				return false;
			}
		}
		return true;
	}

}
