package dev.telemetry.sink.otlp;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.SplitBatch;
import org.jspecify.annotations.Nullable;

/**
 * Sends runs of a batch that is encoded.
 *
 * @param events the batch
 * @param size how large a request may be
 * @param carrier takes the requests to the collector
 */
record EncodedRequests(EncodedEvents events, RequestSize size, OtlpCarrier carrier) implements SplitBatch.Requests {

	@Override
	public int end(int from, int to) {
		return this.events.end(from, to, this.size.limit());
	}

	@Override
	public @Nullable TelemetryException send(int from, int to) {
		HttpBody request = this.events.request(from, to);
		TelemetryException failure = this.carrier.send(request);
		if (failure == null) {
			this.size.taken(request.length());
		}
		else if (failure.kind() == TelemetryException.Kind.TOO_LARGE && to - from > 1) {
			this.size.tooLarge(request.length());
		}
		return failure;
	}

}
