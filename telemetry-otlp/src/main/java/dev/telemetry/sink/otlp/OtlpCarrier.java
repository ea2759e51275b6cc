package dev.telemetry.sink.otlp;

import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpBody;
import org.jspecify.annotations.Nullable;

/** Takes events to a collector over one protocol. */
interface OtlpCarrier {

	/**
	 * Send events in one request that our encoder has made.
	 * @param request the request
	 * @return what went wrong, or {@code null} if they were taken
	 */
	@Nullable TelemetryException send(HttpBody request);

	/**
	 * Send events in one request that OpenTelemetry's exporter makes.
	 * @param events the events; none makes a request that only asks
	 * @return what went wrong, or {@code null} if they were taken
	 * @throws TelemetryException if they could not be encoded as a request
	 */
	@Nullable TelemetryException send(List<Event> events) throws TelemetryException;

	/** Give up the request in flight and begin no other. May come from any thread. */
	void abort();

	void close();

}
