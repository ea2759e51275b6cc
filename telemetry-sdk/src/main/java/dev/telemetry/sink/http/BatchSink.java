package dev.telemetry.sink.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Posts events in the format of a destination. A batch whose request would be too large,
 * by our own bounds or the destination's, is sent in several requests.
 */
public final class BatchSink implements TelemetrySink {

	/*
	 * One thread calls emitAll and close; abort comes from another and only touches the
	 * transport, which is made for that.
	 */

	private final HttpTransport transport;

	private final HttpAnswers answers;

	private final BatchFormat format;

	/**
	 * Create a sink.
	 * @param settings where and how to send
	 * @param tls whom to trust and what to show, asked before each request
	 * @param format what to send
	 */
	public BatchSink(HttpSettings settings, TlsSource tls, BatchFormat format) {
		this.transport = new HttpTransport(settings, tls);
		this.answers = new HttpAnswers(settings, Kind.HTTP, format.expected(),
				(body) -> new String(body, StandardCharsets.US_ASCII), format.credentials());
		this.format = format;
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		emitAll(events, () -> true);
	}

	@Override
	public void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
		SplitBatch.send(events, goOn, (part) -> failure(send(part)));
	}

	private @Nullable TelemetryException failure(HttpAnswer answer) {
		@Nullable TelemetryException failure = this.answers.failure(answer);
		if (failure != null || answer.body().length == 0) {
			return failure;
		}
		@Nullable Refusal refusal = this.format.refusal(answer.body());
		return (refusal != null) ? this.answers.refusal(answer, refusal) : null;
	}

	private HttpAnswer send(List<Event> part) {
		if (part.size() > this.format.maxEvents()) {
			return HttpAnswer.TOO_LARGE;
		}
		List<byte[]> objects = new ArrayList<>(part.size());
		for (Event event : part) {
			byte[] object = this.format.encode(event);
			if (object.length > this.format.maxEventBytes()) {
				return HttpAnswer.TOO_LARGE;
			}
			objects.add(object);
		}
		JsonBatch body = new JsonBatch(this.format.head(), this.format.secret(), objects, this.format.tail(),
				this.format.fields(part));
		return (body.length() <= this.format.maxBodyBytes()) ? this.transport.post(body) : HttpAnswer.TOO_LARGE;
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
