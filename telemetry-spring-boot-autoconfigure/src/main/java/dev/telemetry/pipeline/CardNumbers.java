package dev.telemetry.pipeline;

/**
 * Finds payment card numbers: 13 to 19 digits, with single blanks or dashes between them
 * or without, that begin with 2 to 6 as those of the card schemes do and pass the Luhn
 * check (ISO/IEC 7812-1). Digits of a UUID are none.
 */
final class CardNumbers {

	static final int SHORTEST = 13;

	private static final int LONGEST = 19;

	private static final int[] UUID_GROUPS = { 0, 9, 14, 19, 24 };

	private CardNumbers() {
	}

	static String redact(String text) {
		Replacement result = new Replacement(text);
		int i = 0;
		while (i < text.length()) {
			int end = startsNumber(text, i) ? endOfCard(text, i) : -1;
			if (end > 0) {
				result.replace(i, end);
			}
			i = Math.max(i + 1, end);
		}
		return result.toString();
	}

	private static boolean startsNumber(String text, int index) {
		char c = text.charAt(index);
		return c >= '2' && c <= '6' && (index == 0 || !Character.isLetterOrDigit(text.charAt(index - 1)));
	}

	/**
	 * Find the longest card number that begins at a position.
	 * @return where it ends, or -1
	 */
	private static int endOfCard(String text, int start) {
		int[] digits = new int[LONGEST];
		int count = 0;
		int found = -1;
		int i = start;
		while (i < text.length() && count < LONGEST) {
			if (isDigit(text.charAt(i))) {
				digits[count++] = text.charAt(i) - '0';
				boolean ends = i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
				if (ends && count >= SHORTEST && passesLuhn(digits, count)) {
					found = i + 1;
				}
			}
			else if (!isSeparator(text.charAt(i)) || !isDigit(text.charAt(i - 1))) {
				break;
			}
			i++;
		}
		return (found > 0 && isUuid(text, start)) ? -1 : found;
	}

	private static boolean passesLuhn(int[] digits, int count) {
		int sum = 0;
		for (int i = 0; i < count; i++) {
			int digit = digits[count - 1 - i];
			int doubled = digit * 2;
			sum += (i % 2 == 0) ? digit : (doubled > 9) ? doubled - 9 : doubled;
		}
		return sum % 10 == 0;
	}

	private static boolean isUuid(String text, int index) {
		for (int group : UUID_GROUPS) {
			if (index >= group && isUuidAt(text, index - group)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isUuidAt(String text, int start) {
		if (start + 36 > text.length()) {
			return false;
		}
		for (int i = 0; i < 36; i++) {
			boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
			char c = text.charAt(start + i);
			if (dash ? c != '-' : Character.digit(c, 16) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	private static boolean isSeparator(char c) {
		return c == ' ' || c == '-';
	}

}
