package dev.telemetry.problem;

import dev.telemetry.Internal;

/**
 * Text from outside, made fit for messages: stripped, printable ASCII, cut after 64
 * characters.
 */
@Internal
public final class PrintableText {

	private static final int MAX_LENGTH = 64;

	private static final String CUT = "...";

	private PrintableText() {
	}

	/**
	 * Make text printable.
	 * @param value the text
	 * @return it, with a question mark for each character that is not printable ASCII; of
	 * a text longer than 64 characters the beginning and three dots
	 */
	public static String of(String value) {
		String text = value.strip();
		boolean cut = text.length() > MAX_LENGTH;
		int length = cut ? MAX_LENGTH - CUT.length() : text.length();
		StringBuilder printable = new StringBuilder();
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			printable.append((c >= ' ' && c <= '~') ? c : '?');
		}
		return cut ? printable.append(CUT).toString() : printable.toString();
	}

}
