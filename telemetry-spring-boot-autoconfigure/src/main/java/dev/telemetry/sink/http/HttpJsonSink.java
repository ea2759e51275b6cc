package dev.telemetry.sink.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;

import dev.telemetry.event.Event;
import dev.telemetry.event.EventCodec;
import dev.telemetry.event.LineBuffer;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Posts events as a JSON array of the lines that the local log holds. A batch whose
 * request would exceed 64 KiB is sent in several.
 */
final class HttpJsonSink implements TelemetrySink {

	/*
	 * One thread calls emitAll and close; abort comes from another and only touches the
	 * transport, which is made for that.
	 */

	private final HttpTransport transport;

	private final HttpAnswers answers;

	private final EventCodec codec = EventCodec.json();

	private final LineBuffer line = new LineBuffer(512);

	HttpJsonSink(HttpSettings settings, @Nullable SSLContext tls) {
		this.transport = new HttpTransport(settings, tls);
		this.answers = new HttpAnswers(settings, Kind.HTTP, "takes JSON by POST",
				(body) -> new String(body, StandardCharsets.US_ASCII));
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		SplitBatch.send(events, (part) -> this.answers.failure(this.transport.post(body(part))));
	}

	private HttpBody body(List<Event> events) {
		List<byte[]> lines = new ArrayList<>(events.size());
		for (Event event : events) {
			this.line.truncate(0);
			this.codec.encode(event, this.line);
			this.line.truncate(this.line.length() - 1);
			lines.add(this.line.toByteArray());
		}
		return new JsonArray(lines, IdempotencyKey.of(events));
	}

	@Override
	public void abort() {
		this.transport.abort();
	}

	@Override
	public void close() {
		this.transport.close();
	}

}
