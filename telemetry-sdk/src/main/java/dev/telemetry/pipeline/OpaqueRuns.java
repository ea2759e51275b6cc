package dev.telemetry.pipeline;

/**
 * Finds long runs without blanks that can only be keys: 41 or more letters, digits,
 * {@code _} and {@code -}; 40 of them unless they are a commit's hexadecimal digits; and
 * base64, which is told from a path by its mix of letters and digits. Names of classes
 * and methods, a UUID with a word in front, and the context of a trace (W3C) are as long
 * and stay.
 */
final class OpaqueRuns {

	static final int SHORTEST = 40;

	private static final int UUID = 36;

	private static final int TRACE_CONTEXT = 55;

	private OpaqueRuns() {
	}

	static void find(CharSequence source, Findings found) {
		ScannedText text = new ScannedText(source);
		int i = 0;
		while (i < text.length()) {
			int end = text.endOfRun(i, OpaqueRuns::isBase64);
			if (end - i >= SHORTEST) {
				run(text, i, end, found);
			}
			i = end + 1;
		}
	}

	private static void run(ScannedText text, int start, int end, Findings found) {
		boolean word = text.endOfRun(start, Ascii::isWord) == end;
		if (word ? isOpaque(text, start, end) : isMixed(text, start, end)) {
			found.add(start, text.skip(end, '='));
			return;
		}
		int i = start;
		while (i < end) {
			int part = Math.min(text.endOfRun(i, Ascii::isWord), end);
			if (isOpaque(text, i, part)) {
				found.add(i, part);
			}
			i = part + 1;
		}
	}

	private static boolean isOpaque(ScannedText text, int start, int end) {
		int length = end - start;
		if (length < SHORTEST) {
			return false;
		}
		int hex = 0;
		int alphanumeric = 0;
		for (int i = start; i < end; i++) {
			hex += Ascii.isHex(text.at(i)) ? 1 : 0;
			alphanumeric += Ascii.isAlphanumeric(text.at(i)) ? 1 : 0;
		}
		return alphanumeric > 0 && !(length == SHORTEST && hex == length) && !isName(text, start, end)
				&& !isSlug(text, start, end) && !isNamedUuid(text, start, end) && !isTraceContext(text, start, end);
	}

	/**
	 * Words of one case and numbers with {@code -} or {@code _} between them, as in the
	 * address of a page: {@code how-to-bake-bread-in-2026}.
	 */
	private static boolean isSlug(ScannedText text, int start, int end) {
		boolean upper = Ascii.isUpper(text.at(start));
		int parts = 0;
		int letters = 0;
		int i = start;
		while (i < end) {
			int word = text.endOfRun(i, (c) -> upper ? Ascii.isUpper(c) : Ascii.isLower(c));
			int part = text.endOfRun(word, Ascii::isDigit);
			boolean number = part - word <= 4 && (word == i || word - i <= 3);
			if (part == i || (part > word && !number) || (part < end && !text.isOneOf(part, "-_"))) {
				return false;
			}
			letters += word - i;
			parts++;
			i = part + 1;
		}
		return parts > 3 && letters * 5 >= (end - start) * 3;
	}

	/**
	 * Words that begin with a capital, or all of one case with {@code _} between them.
	 */
	private static boolean isName(ScannedText text, int start, int end) {
		int capitals = 0;
		int joints = 0;
		int digits = 0;
		for (int i = start; i < end; i++) {
			char c = text.at(i);
			if (!Ascii.isAlphanumeric(c) && c != '_') {
				return false;
			}
			digits += Ascii.isDigit(c) ? 1 : 0;
			capitals += Ascii.isUpper(c) ? 1 : 0;
			joints += (c == '_') ? 1 : 0;
		}
		int length = end - start - joints - digits;
		boolean joined = joints > 2 && digits * 8 <= length && (capitals == 0 || capitals == length);
		return joined || (joints + digits == 0 && capitals > 0 && capitals * 4 <= length);
	}

	private static boolean isNamedUuid(ScannedText text, int start, int end) {
		int uuid = end - UUID;
		return uuid > start && uuid - start <= UUID && CardNumbers.isUuid(text, uuid)
				&& text.endOfRun(start, (c) -> Ascii.isLetter(c) || c == '_' || c == '-') >= uuid;
	}

	private static boolean isTraceContext(ScannedText text, int start, int end) {
		return end - start == TRACE_CONTEXT && text.is(start + 2, '-') && text.is(start + 35, '-')
				&& text.is(start + 52, '-') && text.endOfRun(start + 3, Ascii::isHex) == start + 35
				&& text.endOfRun(start + 36, Ascii::isHex) == start + 52;
	}

	/**
	 * Say whether a run changes between small letters, capitals and digits as often as
	 * base64 does: at two of three places on average, in a path at every fifth or less.
	 */
	private static boolean isMixed(ScannedText text, int start, int end) {
		int seen = 0;
		int last = 0;
		int changes = 0;
		for (int i = start; i < end; i++) {
			int kind = kind(text.at(i));
			if (kind != 0) {
				changes += (last != 0 && kind != last) ? 1 : 0;
				last = kind;
			}
			seen |= kind;
		}
		return seen == 7 && changes * 10 >= (end - start) * 3;
	}

	private static int kind(char c) {
		return Ascii.isLower(c) ? 1 : Ascii.isUpper(c) ? 2 : Ascii.isDigit(c) ? 4 : 0;
	}

	private static boolean isBase64(char c) {
		return Ascii.isWord(c) || c == '+' || c == '/';
	}

}
