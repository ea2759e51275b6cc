package dev.telemetry.consent;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was said, found or left unsaid about consent.
 *
 * @param rule the number of the rule it belongs to, see {@link ConsentResolver}
 * @param input what it is called, for example {@code telemetry.enabled} or
 * {@code DO_NOT_TRACK}
 * @param value what it says, or {@code null} when it is absent; of a value longer than 64
 * characters the beginning and three dots, so it never becomes a word that it is not
 * @param origin where it was found: a file and line, a variable; {@code null} when absent
 * @param packaged whether it came inside the application's own archive
 */
public record ConsentInput(int rule, String input, @Nullable String value, @Nullable String origin, boolean packaged) {

	private static final int MAX_LENGTH = 64;

	private static final String CUT = "...";

	public ConsentInput {
		value = (value != null) ? printable(value) : null;
	}

	private static String printable(String value) {
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

	/** How the value reads where a yes or a no is expected. */
	BooleanWord word() {
		return BooleanWord.of(this.value);
	}

	/** What it says, in words. */
	String said() {
		return this.input + " is '" + this.value + "'";
	}

}
