package dev.telemetry.insight;

import java.util.Locale;

/**
 * Text of a log as it is shown: what would not be seen, steer a terminal or turn text
 * around is written as an escape.
 */
final class VisibleText {

	private VisibleText() {
	}

	static String of(String text) {
		StringBuilder visible = new StringBuilder(text.length());
		text.codePoints().forEach((point) -> {
			if (isVisible(point)) {
				visible.appendCodePoint(point);
			}
			else {
				for (char c : Character.toChars(point)) {
					visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
				}
			}
		});
		return visible.toString();
	}

	private static boolean isVisible(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
