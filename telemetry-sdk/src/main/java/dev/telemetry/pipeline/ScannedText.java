package dev.telemetry.pipeline;

/**
 * A text a rule looks at, with the questions that scanners ask. A position outside of the
 * text has the character {@link #NONE}, so that none has to be checked first. Whatever
 * looks back or ahead says how far.
 */
final class ScannedText {

	/** The character before the beginning and after the end. */
	static final char NONE = '\0';

	private final CharSequence text;

	private final int length;

	ScannedText(CharSequence text) {
		this.text = text;
		this.length = text.length();
	}

	int length() {
		return this.length;
	}

	char at(int index) {
		return (index >= 0 && index < this.length) ? this.text.charAt(index) : NONE;
	}

	boolean is(int index, char c) {
		return at(index) == c;
	}

	boolean isOneOf(int index, String characters) {
		char c = at(index);
		return c != NONE && characters.indexOf(c) >= 0;
	}

	boolean isBlank(int index) {
		return isOneOf(index, " \t");
	}

	boolean isSpace(int index) {
		char c = at(index);
		return c != NONE && Character.isWhitespace(c);
	}

	boolean isQuote(int index) {
		return isQuote(at(index));
	}

	static boolean isQuote(char c) {
		return switch (c) {
			case '"', '\'', '`', '\u201c', '\u201d', '\u201e', '\u2018', '\u2019' -> true;
			default -> false;
		};
	}

	boolean isLineEnd(int index) {
		return isOneOf(index, "\n\r") || index >= this.length;
	}

	boolean isLetterOrDigit(int index) {
		char c = at(index);
		return c != NONE && Character.isLetterOrDigit(c);
	}

	/**
	 * Say whether the text goes on with a word, given in lower-case ASCII, in any case.
	 */
	boolean startsWith(int index, String word) {
		for (int i = 0; i < word.length(); i++) {
			if (Ascii.lower(at(index + i)) != word.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Say whether a word, given in lower-case ASCII, ends at a position. */
	boolean endsWith(int end, String word) {
		return end >= word.length() && startsWith(end - word.length(), word);
	}

	/** Say whether a part is somewhere in the text, just as it is. */
	boolean contains(String part) {
		char first = part.charAt(0);
		for (int i = 0; i + part.length() <= this.length; i++) {
			if (this.text.charAt(i) == first && isAt(i, part)) {
				return true;
			}
		}
		return false;
	}

	private boolean isAt(int index, String part) {
		for (int i = 1; i < part.length(); i++) {
			if (this.text.charAt(index + i) != part.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	int skipBlanks(int start) {
		int end = start;
		while (isBlank(end)) {
			end++;
		}
		return end;
	}

	int skipSpaces(int start) {
		int end = start;
		while (isSpace(end)) {
			end++;
		}
		return end;
	}

	/** Skip blanks to the left, a few only. */
	int skipBlanksBack(int end, int most) {
		int start = end;
		while (end - start < most && isBlank(start - 1)) {
			start--;
		}
		return start;
	}

	int skip(int start, char c) {
		int end = start;
		while (is(end, c)) {
			end++;
		}
		return end;
	}

	/** Find where a run of characters begins, not further away than allowed. */
	int startOfRun(int end, int most, CharacterTest test) {
		int start = end;
		while (start > 0 && end - start < most && test.test(at(start - 1))) {
			start--;
		}
		return start;
	}

	int endOfRun(int start, int most, CharacterTest test) {
		int end = start;
		while (end < this.length && end - start < most && test.test(at(end))) {
			end++;
		}
		return end;
	}

	int endOfRun(int start, CharacterTest test) {
		return endOfRun(start, Integer.MAX_VALUE, test);
	}

	int endOfLine(int start) {
		int end = start;
		while (!isLineEnd(end)) {
			end++;
		}
		return end;
	}

	/**
	 * Find the quote that closes a quoted text. One with more backslashes in front of it
	 * than the first had belongs to the text.
	 * @param quote the position of the first quote
	 * @param backslashes how many backslashes precede it
	 * @param most how far to look
	 * @return where the text ends: at the closing quote or its backslashes, at the end of
	 * the whole text, or as far as was looked
	 */
	int endOfQuoted(int quote, int backslashes, int most) {
		char close = closing(at(quote));
		int slashes = 0;
		int limit = (int) Math.min(this.length, (long) quote + most);
		for (int i = quote + 1; i < limit; i++) {
			boolean closes = (backslashes > 0) ? slashes <= backslashes : slashes % 2 == 0;
			if (closes && isClosing(at(i), close)) {
				if (backslashes == 0 && i > quote + 1 && is(i, '\'') && is(i + 1, '\'')) {
					// As SQL and YAML write a quote
					i++;
					continue;
				}
				return i - Math.min(slashes, backslashes);
			}
			slashes = is(i, '\\') ? slashes + 1 : 0;
		}
		return limit;
	}

	private static boolean isClosing(char c, char close) {
		return c == close || (close == '\u201d' && (c == '\u201c' || c == '\u201d'));
	}

	private static char closing(char open) {
		return switch (open) {
			case '\u201c', '\u201e' -> '\u201d';
			case '\u2018' -> '\u2019';
			default -> open;
		};
	}

	/** A part as it is. Only for short ones. */
	String exactly(int start, int end) {
		StringBuilder part = new StringBuilder(Math.max(0, end - start));
		for (int i = start; i < end; i++) {
			part.append(at(i));
		}
		return part.toString();
	}

	/** A part in lower case. Only for short ones. */
	String lower(int start, int end) {
		StringBuilder lower = new StringBuilder(Math.max(0, end - start));
		for (int i = start; i < end; i++) {
			lower.append(Ascii.lower(at(i)));
		}
		return lower.toString();
	}

	/** Tells characters apart. */
	@FunctionalInterface
	interface CharacterTest {

		boolean test(char c);

	}

}
