package dev.telemetry.pipeline;

/**
 * Looks once over a text and says which rules could find something in it. Most texts need
 * none.
 */
final class TextScan {

	static final int ADDRESS = 1;

	static final int CREDENTIAL = 1 << 1;

	static final int TOKEN = 1 << 2;

	static final int RUN = 1 << 3;

	static final int COLON = 1 << 4;

	static final int DOTTED = 1 << 5;

	static final int CARD = 1 << 6;

	static final int PATH = 1 << 7;

	static final int OWN = 1 << 8;

	private static final int WORD = 1 << 9;

	private static final int BASE64 = 1 << 10;

	private static final int DIGIT = 1 << 11;

	private static final int ALPHANUMERIC = 1 << 12;

	private static final int TRIGGERS = ADDRESS | CREDENTIAL | COLON | PATH;

	private static final int SHORTEST_TOKEN = 10;

	private static final int SHORTEST_CARD = 13;

	private static final int SHORTEST_QUAD = 4;

	// Kinds of the ASCII characters; the last entry is for all others
	private final int[] kinds = new int[129];

	private final boolean[] ownInitials = new boolean[129];

	TextScan(OwnNames ownNames) {
		for (char c = 0; c < 128; c++) {
			this.kinds[c] = kind(c);
		}
		ownNames.initials().forEach((c) -> this.ownInitials[Math.min(c, 128)] = true);
	}

	private static int kind(char c) {
		if (c >= '0' && c <= '9') {
			return WORD | BASE64 | DIGIT | ALPHANUMERIC;
		}
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
			return WORD | BASE64 | ALPHANUMERIC;
		}
		return switch (c) {
			case '_', '-' -> WORD | BASE64;
			case '+' -> BASE64;
			case '/' -> BASE64 | PATH;
			case '\\' -> PATH;
			case '@' -> ADDRESS;
			case '%' -> ADDRESS | CREDENTIAL | PATH;
			case ':' -> COLON | CREDENTIAL;
			case '=', ' ', '\t', '\n', '\r' -> CREDENTIAL;
			case '.' -> DOTTED;
			default -> 0;
		};
	}

	/**
	 * Say which rules have to look at a text.
	 * @param text the text
	 * @return the triggers, 0 if there is nothing to redact
	 */
	int scan(String text) {
		int seen = 0;
		int before = 0;
		int word = 0;
		int longestWord = 0;
		int base64 = 0;
		int longestBase64 = 0;
		int digits = 0;
		for (int i = 0; i < text.length(); i++) {
			int c = Math.min(text.charAt(i), 128);
			int kind = this.kinds[c];
			seen |= kind;
			if (this.ownInitials[c] && (before & ALPHANUMERIC) == 0) {
				seen |= OWN;
			}
			word = ((kind & WORD) != 0) ? word + 1 : 0;
			longestWord = Math.max(longestWord, word);
			base64 = ((kind & BASE64) != 0) ? base64 + 1 : 0;
			longestBase64 = Math.max(longestBase64, base64);
			digits += ((kind & DIGIT) != 0) ? 1 : 0;
			before = kind;
		}
		return (seen & (TRIGGERS | OWN)) | triggers(seen, longestWord, longestBase64, digits);
	}

	private static int triggers(int seen, int longestWord, int longestBase64, int digits) {
		int triggers = (longestWord >= SHORTEST_TOKEN) ? TOKEN : 0;
		triggers |= (longestBase64 >= OpaqueRuns.SHORTEST) ? RUN : 0;
		triggers |= ((seen & DOTTED) != 0 && digits >= SHORTEST_QUAD) ? DOTTED : 0;
		return triggers | ((digits >= SHORTEST_CARD) ? CARD : 0);
	}

}
