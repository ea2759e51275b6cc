package dev.telemetry.sink.otlp;

import dev.telemetry.sink.http.JsonAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a collector says in spite of accepting a request: the field
 * {@code partial_success} of {@code ExportLogsServiceResponse} and
 * {@code ExportTraceServiceResponse}, which look the same on the wire.
 *
 * @param rejected how many records were refused for good
 * @param message why, or a warning when none was refused
 */
record PartialSuccess(long rejected, String message) {

	static final PartialSuccess NONE = new PartialSuccess(0, "");

	private static final int PARTIAL_SUCCESS = 1;

	private static final int REJECTED = 1;

	private static final int ERROR_MESSAGE = 2;

	/** The response that JSON has in place of the messages. */
	static PartialSuccess read(JsonAnswer response) {
		JsonAnswer partial = response.object("partialSuccess");
		if (partial == null) {
			return NONE;
		}
		String logs = partial.text("rejectedLogRecords");
		String rejected = (logs != null) ? logs : partial.text("rejectedSpans");
		String message = partial.text("errorMessage");
		return new PartialSuccess(number(rejected), (message != null) ? message : "");
	}

	/** JSON has these numbers as strings, too. */
	private static long number(@Nullable String text) {
		return (text != null && text.matches("[0-9]{1,18}")) ? Long.parseLong(text) : 0;
	}

	/**
	 * Read a response in protobuf.
	 * @return {@code null} if it is none
	 */
	static @Nullable PartialSuccess read(byte[] body) {
		PartialSuccess result = NONE;
		ProtobufReader response = new ProtobufReader(body, 0, body.length);
		while (response.next()) {
			if (response.field() == PARTIAL_SUCCESS && response.isBytes()) {
				PartialSuccess partial = read(response.inner());
				if (partial == null) {
					return null;
				}
				result = partial;
			}
		}
		return response.isDamaged() ? null : result;
	}

	private static @Nullable PartialSuccess read(ProtobufReader partial) {
		long rejected = 0;
		String message = "";
		while (partial.next()) {
			if (partial.field() == REJECTED && !partial.isBytes()) {
				rejected = partial.number();
			}
			else if (partial.field() == ERROR_MESSAGE && partial.isBytes()) {
				message = partial.text();
			}
		}
		return partial.isDamaged() ? null : new PartialSuccess(rejected, message);
	}

}
