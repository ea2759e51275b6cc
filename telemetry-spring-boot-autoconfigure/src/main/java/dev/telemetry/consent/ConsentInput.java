package dev.telemetry.consent;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was said, found or left unsaid about consent.
 *
 * @param rule the number of the rule it belongs to, see {@link ConsentResolver}
 * @param input what it is called, for example {@code telemetry.enabled} or
 * {@code DO_NOT_TRACK}
 * @param value what it says, or {@code null} when it is absent; at most 64 printable
 * characters are kept
 * @param origin where it was found: a file and line, a variable; {@code null} when absent
 * @param packaged whether it came inside the application's own archive
 */
public record ConsentInput(int rule, String input, @Nullable String value, @Nullable String origin, boolean packaged) {

	private static final int MAX_LENGTH = 64;

	public ConsentInput {
		value = (value != null) ? printable(value) : null;
	}

	private static String printable(String value) {
		String text = value.strip();
		StringBuilder printable = new StringBuilder();
		for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
			char c = text.charAt(i);
			printable.append((c >= ' ' && c <= '~') ? c : '?');
		}
		return printable.toString();
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
