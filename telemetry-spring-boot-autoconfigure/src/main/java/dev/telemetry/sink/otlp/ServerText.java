package dev.telemetry.sink.otlp;

import java.nio.charset.StandardCharsets;

/**
 * Text that a receiver sent, made fit for a log: printable ASCII, at most 200 characters.
 */
final class ServerText {

	private static final int MAX_LENGTH = 200;

	/** The field of google.rpc.Status that holds its message. */
	private static final int STATUS_MESSAGE = 2;

	private ServerText() {
	}

	static String of(String text) {
		StringBuilder line = new StringBuilder();
		text.chars().limit(MAX_LENGTH).forEach((c) -> line.append((c >= ' ' && c <= '~') ? (char) c : ' '));
		return line.toString().strip();
	}

	/** Return the text as the end of a message, or nothing. */
	static String quote(String text) {
		String line = of(text);
		return line.isEmpty() ? "" : ": " + line;
	}

	/**
	 * Return the message of the Status that an OTLP receiver sends with an error, or,
	 * from what stands between us and the receiver, the text itself.
	 */
	static String quoteStatus(byte[] body) {
		ProtobufReader reader = new ProtobufReader(body, 0, body.length);
		while (reader.next()) {
			if (reader.field() == STATUS_MESSAGE && reader.isBytes()) {
				return quote(reader.text());
			}
		}
		return quote(new String(body, StandardCharsets.US_ASCII));
	}

}
