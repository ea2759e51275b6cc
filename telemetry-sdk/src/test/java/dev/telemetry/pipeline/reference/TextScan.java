package dev.telemetry.pipeline.reference;

/**
 * Looks once over a text and says which rules could find something in it. Most texts need
 * none. What it says is never too little: the rules find the same when all of them look.
 */
final class TextScan {

	static final int ADDRESS = 1;

	static final int CREDENTIAL = 1 << 1;

	static final int TOKEN = 1 << 2;

	static final int RUN = 1 << 3;

	static final int GROUPS = 1 << 4;

	static final int DASHES = 1 << 5;

	static final int NUMBERS = 1 << 6;

	static final int CARD = 1 << 7;

	static final int PATH = 1 << 8;

	static final int OWN = 1 << 9;

	/** There is something to resolve before the rules can read it. */
	static final int ESCAPES = 1 << 10;

	static final int COMMAND = 1 << 11;

	static final int HOOK = 1 << 12;

	static final int HARDWARE = 1 << 13;

	static final int ZONE = 1 << 14;

	static final int WEB_TOKEN = 1 << 15;

	/** Every rule. */
	static final int ALL = (1 << 16) - 1;

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

	/** No address, no number and no token that is all letters and digits is shorter. */
	private static final int SHORTEST = 10;

	// By ASCII character; the last entry is for all others
	private final int[] kinds = new int[129];

	private final long[] counts = new long[129];

	TextScan(LocalNames ownNames) {
		for (char c = 0; c < 128; c++) {
			this.kinds[c] = kind(c);
			this.counts[c] = count(c);
		}
		this.kinds[128] = ESCAPES | SEPARATOR;
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
			case '\\' -> SLASH | ESCAPES | SEPARATOR;
			case '@' -> ADDRESS;
			case '~' -> PATH;
			case '%', '&' -> ESCAPES | SEPARATOR;
			case '[' -> ESCAPES;
			case '(' -> ESCAPES | SEPARATOR;
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
	 * Say which rules have to look at a text.
	 * @param text the text
	 * @return the triggers, 0 if there is nothing to redact
	 */
	int scan(String text) {
		if (text.length() < SHORTEST && isPlainWord(text)) {
			return 0;
		}
		return (text.length() > LONGEST) ? ALL : look(text);
	}

	/** Most values are one short word, in which only a name of ours could be found. */
	private boolean isPlainWord(String text) {
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
		int triggers = (seen & ALL) | countTriggers(count);
		triggers |= (longestBase64 >= OpaqueRuns.SHORTEST) ? RUN : 0;
		triggers |= (longestWord >= TokenFormats.SHORTEST) ? TOKEN : 0;
		return triggers | (((seen & SEPARATOR) != 0) ? Stems.in(text) : 0);
	}

	private static int initial(int kind, int before) {
		int own = ((kind & OWN_INITIAL) != 0 && (before & ALPHANUMERIC) == 0) ? OWN : 0;
		return own | (((kind & DIRECTORY_INITIAL) != 0 && (before & SLASH) != 0) ? PATH : 0);
	}

	private static int countTriggers(long count) {
		int digits = of(count, DIGIT_COUNT);
		int dots = of(count, DOT_COUNT);
		int dashes = of(count, DASH_COUNT);
		int triggers = (digits >= CardNumbers.SHORTEST) ? CARD : 0;
		boolean dotted = dots >= 2 && digits > 0;
		triggers |= (of(count, COLON_COUNT) >= 2 || dotted || dashes >= 5) ? GROUPS : 0;
		triggers |= (digits >= 4 && (dots >= 3 || dashes >= 3)) ? NUMBERS : 0;
		return triggers | ((dashes >= 5) ? DASHES : 0);
	}

	private static int of(long count, int position) {
		return (int) (count >>> (position * COUNT_BITS)) & LONGEST;
	}

}
