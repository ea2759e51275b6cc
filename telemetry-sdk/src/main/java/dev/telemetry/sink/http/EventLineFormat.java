package dev.telemetry.sink.http;

import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;

/**
 * A JSON array of the lines that the local log holds. The header field
 * {@code Idempotency-Key} names the batch, the same at every try.
 */
final class EventLineFormat implements BatchFormat {

	private final EventCodec codec = EventCodec.json();

	private final LineBuffer line = new LineBuffer(512);

	@Override
	public String head() {
		return "[";
	}

	@Override
	public String tail() {
		return "]";
	}

	@Override
	public byte[] encode(Event event) {
		this.line.truncate(0);
		this.codec.encode(event, this.line);
		this.line.truncate(this.line.length() - 1);
		return this.line.toByteArray();
	}

	@Override
	public Map<String, String> fields(List<Event> events) {
		return Map.of("Idempotency-Key", IdempotencyKey.of(events));
	}

	@Override
	public String expected() {
		return "takes JSON by POST";
	}

	@Override
	public String credentials() {
		return "headers";
	}

}
