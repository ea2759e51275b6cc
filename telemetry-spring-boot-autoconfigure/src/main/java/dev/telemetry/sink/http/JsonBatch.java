package dev.telemetry.sink.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Events in an array that closes a JSON object.
 *
 * @param head what stands before the first event, up to the bracket
 * @param events each event as an object
 */
record JsonBatch(String head, List<byte[]> events) implements HttpBody {

	/** Each event and the comma behind it, but for the last; the two brackets. */
	@Override
	public int length() {
		return this.head.length() + this.events.stream().mapToInt((event) -> event.length + 1).sum() + 1;
	}

	@Override
	public Map<String, String> fields() {
		return Map.of("Content-Type", "application/json");
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		out.write(this.head.getBytes(StandardCharsets.US_ASCII));
		boolean first = true;
		for (byte[] event : this.events) {
			if (!first) {
				out.write(',');
			}
			out.write(event);
			first = false;
		}
		out.write(']');
		out.write('}');
	}

	/** Return how many events there are: the head may hold a secret. */
	@Override
	public String toString() {
		return "JsonBatch[" + this.events.size() + "]";
	}

}
