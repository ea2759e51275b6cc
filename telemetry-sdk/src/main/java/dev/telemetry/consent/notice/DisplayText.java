package dev.telemetry.consent.notice;

/**
 * Makes any text safe to show as one line. Much of a notice comes from specs and
 * configuration, and goes to terminals and pages.
 */
final class DisplayText {

	private static final int REPLACEMENT = 0xFFFD;

	private DisplayText() {
	}

	/**
	 * Return the text with single spaces for white space and line breaks, and with a
	 * replacement character for what is invisible or moves other text: control
	 * characters, marks of direction, unpaired surrogates. Nothing is left out, so that a
	 * name cannot pose as another one.
	 */
	static String line(String text) {
		StringBuilder line = new StringBuilder(text.length());
		text.codePoints().forEach((point) -> {
			if (isSpace(point)) {
				if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
					line.append(' ');
				}
			}
			else {
				line.appendCodePoint(isVisible(point) ? point : REPLACEMENT);
			}
		});
		return line.toString().stripTrailing();
	}

	private static boolean isSpace(int point) {
		return Character.isWhitespace(point) || Character.isSpaceChar(point);
	}

	private static boolean isVisible(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
					Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

	/** Return the text without the full stop that a sentence around it brings. */
	static String clause(String text) {
		String line = line(text);
		return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
	}

}
