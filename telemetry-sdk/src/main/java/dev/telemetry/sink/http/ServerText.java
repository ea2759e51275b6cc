package dev.telemetry.sink.http;

/**
 * Text that a destination sent, made safe for a log: printable ASCII, at most 200
 * characters.
 */
public final class ServerText {

	private static final int MAX_LENGTH = 200;

	private ServerText() {
	}

	/**
	 * Return the text as it may be shown.
	 * @param text what was sent
	 * @return the beginning of it
	 */
	public static String of(String text) {
		StringBuilder line = new StringBuilder();
		text.chars().limit(MAX_LENGTH).forEach((c) -> line.append((c >= ' ' && c <= '~') ? (char) c : ' '));
		return line.toString().strip();
	}

	/**
	 * Return the text as the end of a message.
	 * @param text what was sent
	 * @return nothing if there is none
	 */
	public static String quote(String text) {
		String line = of(text);
		return line.isEmpty() ? "" : ": " + line;
	}

}
