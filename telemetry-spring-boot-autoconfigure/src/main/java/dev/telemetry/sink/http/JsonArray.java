package dev.telemetry.sink.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Lines of JSON as one array.
 *
 * @param lines the lines without their line feeds
 * @param idempotencyKey the name of the request
 */
record JsonArray(List<byte[]> lines, String idempotencyKey) implements HttpBody {

	/** Each line and the bracket or comma behind it, and the first bracket. */
	@Override
	public int length() {
		return this.lines.stream().mapToInt((line) -> line.length + 1).sum() + 1;
	}

	@Override
	public Map<String, String> fields() {
		return Map.of("Content-Type", "application/json", "Idempotency-Key", this.idempotencyKey);
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		char before = '[';
		for (byte[] line : this.lines) {
			out.write(before);
			out.write(line);
			before = ',';
		}
		out.write(']');
	}

}
