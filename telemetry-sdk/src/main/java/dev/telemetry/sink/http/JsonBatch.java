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
 * @param head the text before the first event, up to the bracket
 * @param secret where in it a secret is
 * @param objects each event as an object
 * @param tail the text after the last event, from the bracket on
 * @param about the header fields that describe these events
 */
record JsonBatch(String head, SecretSpan secret, List<byte[]> objects, String tail,
		Map<String, String> about) implements HttpBody {

	/** Each event and the comma behind it, but for the last. */
	@Override
	public int length() {
		int commas = Math.max(0, this.objects.size() - 1);
		return this.head.length() + this.objects.stream().mapToInt((event) -> event.length).sum() + commas
				+ this.tail.length();
	}

	@Override
	public int events() {
		return this.objects.size();
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
		for (byte[] event : this.objects) {
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
		return "JsonBatch[" + this.objects.size() + "]";
	}

}
