package dev.telemetry.pipeline;

/** Kinds of ASCII characters; no language of a machine has a say in them. */
final class Ascii {

	private Ascii() {
	}

	static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	static boolean isLower(char c) {
		return c >= 'a' && c <= 'z';
	}

	static boolean isUpper(char c) {
		return c >= 'A' && c <= 'Z';
	}

	static boolean isLetter(char c) {
		return isLower(c) || isUpper(c);
	}

	static boolean isAlphanumeric(char c) {
		return isLetter(c) || isDigit(c);
	}

	/** Letters, digits, {@code _} and {@code -}. */
	static boolean isWord(char c) {
		return isAlphanumeric(c) || c == '_' || c == '-';
	}

	static boolean isHex(char c) {
		return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
	}

	static char lower(char c) {
		return isUpper(c) ? (char) (c + ('a' - 'A')) : c;
	}

	/** The value of a hexadecimal digit, or -1. */
	static int hex(char c) {
		return isHex(c) ? Character.digit(c, 16) : -1;
	}

}
