package dev.telemetry.pipeline;

/**
 * Says by the characters and stems of a text, wherever they are in it, which rules may
 * look at it. What a rule could find in a text that lacks them is not found: so this is
 * part of what redaction promises, and {@link TextScan} only looks closer.
 */
final class WideScan {

	/** The bits of {@link TextScan} that are triggers here, too. */
	private static final int TRIGGERS = (1 << 16) - 1;

	// Kinds of characters, which share an int with the triggers
	private static final int WORD = 1 << 16;

	private static final int BASE64 = 1 << 17;

	private static final int ALPHANUMERIC = 1 << 18;

	private static final int SLASH = 1 << 19;

	private static final int DIRECTORY_INITIAL = 1 << 20;

	private static final int OWN_INITIAL = 1 << 21;

	/** What is between a name and a value. */
	private static final int SEPARATOR = 1 << 22;

	// Four counts in one long, 16 bits each
	private static final int COUNT_BITS = 16;

	private static final int DIGIT_COUNT = 0;

	private static final int COLON_COUNT = 1;

	private static final int DOT_COUNT = 2;

	private static final int DASH_COUNT = 3;

	/** A longer text could overflow a count and gets every rule. */
	private static final int LONGEST = (1 << COUNT_BITS) - 1;

	/** In a shorter text that is one word, only a name of ours is found. */
	private static final int SHORTEST = 10;

	// By ASCII character; the last entry is for all others
	private final int[] kinds = new int[129];

	private final long[] counts = new long[129];

	WideScan(LocalNames ownNames) {
		for (char c = 0; c < 128; c++) {
			this.kinds[c] = kind(c);
			this.counts[c] = count(c);
		}
		this.kinds[128] = TextScan.ESCAPES | SEPARATOR;
		ownNames.initials().forEach((c) -> this.kinds[Math.min(c, 128)] |= OWN_INITIAL);
	}

	private static int kind(char c) {
		if (Ascii.isDigit(c)) {
			return WORD | BASE64 | ALPHANUMERIC;
		}
		if (Ascii.isLetter(c)) {
			boolean directory = "hudmcpr".indexOf(Ascii.lower(c)) >= 0;
			return WORD | BASE64 | ALPHANUMERIC | (directory ? DIRECTORY_INITIAL : 0);
		}
		return switch (c) {
			case '_', '-' -> WORD | BASE64;
			case '+' -> BASE64 | SEPARATOR;
			case '/' -> BASE64 | SLASH | SEPARATOR;
			case '\\' -> SLASH | TextScan.ESCAPES | SEPARATOR;
			case '@' -> TextScan.ADDRESS;
			case '~' -> TextScan.PATH;
			case '%', '&' -> TextScan.ESCAPES | SEPARATOR;
			case '[' -> TextScan.ESCAPES;
			case '(' -> TextScan.ESCAPES | SEPARATOR;
			case ':', '=', ' ', '\t', '\n', '\r', ',', '<', '>', '"', '\'', '.' -> SEPARATOR;
			default -> 0;
		};
	}

	private static long count(char c) {
		return switch (c) {
			case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> 1L << (DIGIT_COUNT * COUNT_BITS);
			case ':' -> 1L << (COLON_COUNT * COUNT_BITS);
			case '.' -> 1L << (DOT_COUNT * COUNT_BITS);
			case '-', '_' -> 1L << (DASH_COUNT * COUNT_BITS);
			default -> 0;
		};
	}

	/**
	 * Say which rules may look at a text.
	 * @param text the text
	 * @return the triggers
	 */
	int scan(String text) {
		if (isPlainWord(text)) {
			return 0;
		}
		if (text.length() > LONGEST) {
			return TextScan.ALL;
		}
		int seen = look(text);
		int credential = ((seen & TextScan.CREDENTIAL) != 0) ? TextScan.NAMED | TextScan.MARKUP | TextScan.KEY_FILE : 0;
		return seen | credential | (((seen & TextScan.ADDRESS) != 0) ? TextScan.ACCOUNT : 0);
	}

	/** Say whether a text is one short word, as most values are, and no name of ours. */
	boolean isPlainWord(String text) {
		if (text.length() >= SHORTEST) {
			return false;
		}
		int seen = 0;
		for (int i = 0; i < text.length(); i++) {
			seen |= this.kinds[Math.min(text.charAt(i), 128)] ^ WORD;
		}
		return (seen & (WORD | OWN_INITIAL)) == 0;
	}

	private int look(String text) {
		int seen = 0;
		int before = 0;
		int word = 0;
		int longestWord = 0;
		int base64 = 0;
		int longestBase64 = 0;
		long count = 0;
		for (int i = 0; i < text.length(); i++) {
			int c = Math.min(text.charAt(i), 128);
			int kind = this.kinds[c];
			count += this.counts[c];
			seen |= kind;
			if ((kind & (OWN_INITIAL | DIRECTORY_INITIAL)) != 0) {
				seen |= initial(kind, before);
			}
			word = ((kind & WORD) != 0) ? word + 1 : 0;
			longestWord = Math.max(longestWord, word);
			base64 = ((kind & BASE64) != 0) ? base64 + 1 : 0;
			longestBase64 = Math.max(longestBase64, base64);
			before = kind;
		}
		int triggers = (seen & TRIGGERS) | countTriggers(count);
		triggers |= (longestBase64 >= OpaqueRuns.SHORTEST) ? TextScan.RUN : 0;
		triggers |= (longestWord >= TokenFormats.SHORTEST) ? TextScan.TOKEN : 0;
		return triggers | (((seen & SEPARATOR) != 0) ? Stems.in(text) : 0);
	}

	private static int initial(int kind, int before) {
		int own = ((kind & OWN_INITIAL) != 0 && (before & ALPHANUMERIC) == 0) ? TextScan.OWN : 0;
		return own | (((kind & DIRECTORY_INITIAL) != 0 && (before & SLASH) != 0) ? TextScan.PATH : 0);
	}

	private static int countTriggers(long count) {
		int digits = of(count, DIGIT_COUNT);
		int dots = of(count, DOT_COUNT);
		int dashes = of(count, DASH_COUNT);
		int triggers = (digits >= CardNumbers.SHORTEST) ? TextScan.CARD : 0;
		boolean dotted = dots >= 2 && digits > 0;
		triggers |= (of(count, COLON_COUNT) >= 2 || dotted || dashes >= 5) ? TextScan.GROUPS : 0;
		triggers |= (digits >= 4 && (dots >= 3 || dashes >= 3)) ? TextScan.NUMBERS : 0;
		return triggers | ((dashes >= 5) ? TextScan.DASHES : 0);
	}

	private static int of(long count, int position) {
		return (int) (count >>> (position * COUNT_BITS)) & LONGEST;
	}

}
