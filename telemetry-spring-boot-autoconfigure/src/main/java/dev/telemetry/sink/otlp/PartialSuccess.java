package dev.telemetry.sink.otlp;

/**
 * What a collector says in spite of accepting a request: the field
 * {@code partial_success} of {@code ExportLogsServiceResponse} and
 * {@code ExportTraceServiceResponse}, which look the same on the wire.
 *
 * @param rejected how many records were refused for good
 * @param message why, or a warning when none was refused
 */
record PartialSuccess(long rejected, String message) {

	private static final int PARTIAL_SUCCESS = 1;

	private static final int REJECTED = 1;

	private static final int ERROR_MESSAGE = 2;

	static PartialSuccess read(byte[] body) {
		long rejected = 0;
		String message = "";
		ProtobufReader response = new ProtobufReader(body, 0, body.length);
		while (response.next()) {
			if (response.field() != PARTIAL_SUCCESS || !response.isBytes()) {
				continue;
			}
			ProtobufReader partial = response.inner();
			while (partial.next()) {
				if (partial.field() == REJECTED && !partial.isBytes()) {
					rejected = partial.number();
				}
				else if (partial.field() == ERROR_MESSAGE && partial.isBytes()) {
					message = partial.text();
				}
			}
		}
		return new PartialSuccess(rejected, message);
	}

}
