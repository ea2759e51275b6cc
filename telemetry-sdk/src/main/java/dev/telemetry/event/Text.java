package dev.telemetry.event;

import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * What every string of an event must be before it is recorded: valid UTF-16 and of
 * bounded length, so that every sink writes the same characters.
 */
final class Text {

	/** No text is longer, whatever the limits say; what follows is cut off. */
	static final int MAX_LENGTH = 8192;

	/** The longest name of an event. */
	static final int MAX_NAME_LENGTH = 128;

	private static final char REPLACEMENT = '\uFFFD';

	private Text() {
	}

	/**
	 * Make a value: trimmed, well-formed, of bounded length.
	 * @param text any text
	 * @return the value, or {@code null} if nothing is left
	 */
	static @Nullable String value(String text) {
		String value = (text.length() > MAX_LENGTH)
				? bounded(text.strip(), MAX_LENGTH, (c) -> !Character.isWhitespace(c)) : text.strip();
		return value.isEmpty() ? null : wellFormed(value);
	}

	/**
	 * Make a name: trimmed, without characters that control how text is shown, not longer
	 * than the given length.
	 * @param text any text or {@code null}
	 * @param maxLength the longest name, in code units
	 * @return the name, or {@code null} if nothing is left
	 */
	static @Nullable String name(@Nullable String text, int maxLength) {
		if (text == null || isPlain(text, maxLength)) {
			return text;
		}
		String name = wellFormed(visible(cut(text.strip(), maxLength)));
		return name.isBlank() ? null : name;
	}

	/**
	 * Make the name of an event. A word that the bound splits is left out.
	 * @param text any text
	 * @return the name, at most 128 code units long
	 * @throws IllegalArgumentException if the text is blank
	 */
	static String eventName(String text) {
		boolean tooLong = text.length() > MAX_NAME_LENGTH;
		String name = name(tooLong ? bounded(text.strip(), MAX_NAME_LENGTH, Text::isInWord) : text, MAX_NAME_LENGTH);
		if (name == null) {
			throw new IllegalArgumentException("'name' must not be blank");
		}
		return name;
	}

	/**
	 * Cut a text without splitting a surrogate pair.
	 * @param text any text
	 * @param maxLength how much to store at most, in code units
	 * @return the text, the same instance if it is short enough
	 */
	static String cut(String text, int maxLength) {
		if (text.length() <= maxLength) {
			return text;
		}
		boolean splits = Character.isHighSurrogate(text.charAt(maxLength - 1))
				&& Character.isLowSurrogate(text.charAt(maxLength));
		return text.substring(0, splits ? maxLength - 1 : maxLength);
	}

	/**
	 * Replace lone surrogates.
	 * @param text any text
	 * @return valid UTF-16, the same instance if it was
	 */
	static String wellFormed(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				return replaceLoneSurrogates(text);
			}
		}
		return text;
	}

	private static String replaceLoneSurrogates(String text) {
		StringBuilder result = new StringBuilder(text.length());
		text.codePoints()
			.forEach((c) -> result
				.appendCodePoint((c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? REPLACEMENT : c));
		return result.toString();
	}

	// A word that the bound splits is left out: the head of a secret is not always
	// recognised as one
	private static String bounded(String text, int maxLength, IntPredicate inWord) {
		if (text.length() <= maxLength) {
			return text;
		}
		int end = maxLength;
		while (end > 0 && inWord.test(text.charAt(end))) {
			end--;
		}
		return (end > 0) ? text.substring(0, end).strip() : cut(text, maxLength);
	}

	/** Whether a character may belong to an address, a token or a name with dots. */
	private static boolean isInWord(int c) {
		return Character.isLetterOrDigit(c) || Character.isSurrogate((char) c) || "._-+%@'".indexOf(c) >= 0;
	}

	private static boolean isPlain(String text, int maxLength) {
		int length = text.length();
		if (length == 0 || length > maxLength || text.charAt(0) == ' ' || text.charAt(length - 1) == ' ') {
			return false;
		}
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~') {
				return false;
			}
		}
		return true;
	}

	private static String visible(String text) {
		StringBuilder result = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> result.appendCodePoint(isVisible(c) ? c : REPLACEMENT));
		return result.toString();
	}

	private static boolean isVisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
			default -> true;
		};
	}

}
