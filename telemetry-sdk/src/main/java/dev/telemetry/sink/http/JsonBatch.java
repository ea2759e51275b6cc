package dev.telemetry.sink.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events in an array that JSON ends in.
 *
 * @param head what stands before the first event, up to the bracket
 * @param events each event as an object
 * @param tail what stands behind the last event, from the bracket on
 * @param about the header fields that describe these events
 */
record JsonBatch(String head, List<byte[]> events, String tail, Map<String, String> about) implements HttpBody {

	/** Each event and the comma behind it, but for the last. */
	@Override
	public int length() {
		int commas = Math.max(0, this.events.size() - 1);
		return this.head.length() + this.events.stream().mapToInt((event) -> event.length).sum() + commas
				+ this.tail.length();
	}

	@Override
	public Map<String, String> fields() {
		Map<String, String> fields = new LinkedHashMap<>(this.about);
		fields.put("Content-Type", "application/json");
		return fields;
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
		out.write(this.tail.getBytes(StandardCharsets.US_ASCII));
	}

	/** Return how many events there are: the head may hold a secret. */
	@Override
	public String toString() {
		return "JsonBatch[" + this.events.size() + "]";
	}

}
