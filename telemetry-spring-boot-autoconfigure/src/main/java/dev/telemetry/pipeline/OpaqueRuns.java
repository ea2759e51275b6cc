package dev.telemetry.pipeline;

/**
 * Finds long runs without blanks that can only be keys: 41 or more letters, digits,
 * {@code _} and {@code -}; 40 of them unless they are a commit's hexadecimal digits; and
 * base64, which is told from a path by its mix of letters and digits.
 */
final class OpaqueRuns {

	static final int SHORTEST = 40;

	private OpaqueRuns() {
	}

	static String redact(String text) {
		Replacement result = new Replacement(text);
		int i = 0;
		while (i < text.length()) {
			int end = i;
			while (end < text.length() && isBase64(text.charAt(end))) {
				end++;
			}
			if (end - i >= SHORTEST) {
				redactRun(text, i, end, result);
			}
			i = end + 1;
		}
		return result.toString();
	}

	private static void redactRun(String text, int start, int end, Replacement result) {
		if (isWordRun(text, start, end) ? isOpaque(text, start, end) : isMixed(text, start, end)) {
			int padded = end;
			while (padded < text.length() && text.charAt(padded) == '=') {
				padded++;
			}
			result.replace(start, padded);
			return;
		}
		int i = start;
		while (i < end) {
			int part = i;
			while (part < end && isWord(text.charAt(part))) {
				part++;
			}
			if (isOpaque(text, i, part)) {
				result.replace(i, part);
			}
			i = part + 1;
		}
	}

	private static boolean isOpaque(String text, int start, int end) {
		int hex = 0;
		int alphanumeric = 0;
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			hex += (Character.digit(c, 16) >= 0) ? 1 : 0;
			alphanumeric += Character.isLetterOrDigit(c) ? 1 : 0;
		}
		int length = end - start;
		return length >= SHORTEST && alphanumeric > 0 && !(length == SHORTEST && hex == length);
	}

	/**
	 * Say whether a run changes between small letters, capitals and digits as often as
	 * base64 does: at two of three places on average, in a path at every fifth or less.
	 */
	private static boolean isMixed(String text, int start, int end) {
		int seen = 0;
		int last = 0;
		int changes = 0;
		for (int i = start; i < end; i++) {
			int kind = kind(text.charAt(i));
			if (kind != 0) {
				changes += (last != 0 && kind != last) ? 1 : 0;
				last = kind;
			}
			seen |= kind;
		}
		return seen == 7 && changes * 10 >= (end - start) * 3;
	}

	private static int kind(char c) {
		if (c >= 'a' && c <= 'z') {
			return 1;
		}
		if (c >= 'A' && c <= 'Z') {
			return 2;
		}
		return (c >= '0' && c <= '9') ? 4 : 0;
	}

	private static boolean isWordRun(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (!isWord(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isWord(char c) {
		return kind(c) != 0 || c == '_' || c == '-';
	}

	private static boolean isBase64(char c) {
		return isWord(c) || c == '+' || c == '/';
	}

}
