package dev.telemetry.pipeline;

/**
 * The schemes of HTTP authentication, and what may follow one. {@code token expired} and
 * {@code basic auth failed} are prose, {@code Bearer xyz} is a credential.
 */
final class AuthSchemes {

	private static final String[] SIMPLE = { "bearer", "basic", "token", "apikey", "negotiate", "ntlm" };

	private static final String[] WITH_PARAMETERS = { "digest", "aws4-hmac-sha256", "oauth", "hawk", "signature" };

	/** Words that follow "bearer" in sentences about it. */
	private static final String[] PROSE = { "token", "tokens", "auth", "authentication", "authorization", "scheme",
			"header", "credentials", "is", "was", "of", "and", "or", "not", "missing", "required", "expected" };

	private static final int SHORTEST_CREDENTIAL = 8;

	private static final int SHORTEST_MIXED_CREDENTIAL = 12;

	private AuthSchemes() {
	}

	static boolean isScheme(String text, int start, int end) {
		return isOneOf(SIMPLE, text, start, end) || isOneOf(WITH_PARAMETERS, text, start, end);
	}

	static boolean hasParameters(String text, int start, int end) {
		return isOneOf(WITH_PARAMETERS, text, start, end);
	}

	/**
	 * Say whether a word after a scheme is a credential.
	 * @param text the text
	 * @param word where the scheme begins
	 * @param wordEnd where it ends
	 * @param start where the next word begins
	 * @param end where that ends
	 * @return whether the next word is to be redacted
	 */
	static boolean isCredential(String text, int word, int wordEnd, int start, int end) {
		if (end == start || !isOneOf(SIMPLE, text, word, wordEnd)) {
			return false;
		}
		if (text.regionMatches(true, word, "bearer", 0, wordEnd - word)) {
			return !isOneOf(PROSE, text, start, end);
		}
		return looksRandom(text, start, end);
	}

	static boolean isCredentialCharacter(char c) {
		return (c < 128 && Character.isLetterOrDigit(c)) || "_.+/=~-".indexOf(c) >= 0;
	}

	private static boolean looksRandom(String text, int start, int end) {
		boolean digit = false;
		boolean capitalInside = false;
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			digit = digit || (c >= '0' && c <= '9') || c == '=';
			capitalInside = capitalInside
					|| (i > start && Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1)));
		}
		int length = end - start;
		return (digit && length >= SHORTEST_CREDENTIAL) || (capitalInside && length >= SHORTEST_MIXED_CREDENTIAL);
	}

	private static boolean isOneOf(String[] words, String text, int start, int end) {
		for (String word : words) {
			if (word.length() == end - start && text.regionMatches(true, start, word, 0, word.length())) {
				return true;
			}
		}
		return false;
	}

}
