package dev.telemetry.deletion;

import java.time.InstantSource;

import dev.telemetry.Internal;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/**
 * Sends requests for deletion as an event {@code deletion_request} of the type
 * {@code data.deletion_request} to where events went. An event is not answered, so a
 * request is never more than handed over.
 * <p>
 * The gate stays closed: a sink is made for this one event, outside of any recording
 * session, and closed again. The event contains the identifier, the request id, the tool
 * and the time.
 */
@Internal
public final class EventDeletionRequestor implements DeletionRequestor {

	private final TelemetrySinkFactory sinks;

	private final String toolVersion;

	private final InstantSource clock;

	/**
	 * Create a requestor; no sink is made.
	 * @param sinks makes a sink of its own each time
	 * @param toolVersion the version of the tool
	 * @param clock tells the time of the event
	 */
	public EventDeletionRequestor(TelemetrySinkFactory sinks, String toolVersion, InstantSource clock) {
		this.sinks = sinks;
		this.toolVersion = toolVersion;
		this.clock = clock;
	}

	@Override
	public DeletionAnswer request(DeletionRequest request) {
		EventOrigin origin = new EventOrigin(request.tool(), this.toolVersion, request.machineId(), null, null, null,
				null);
		Event event = Event.builder("deletion_request")
			.type("data.deletion_request")
			.origin(origin)
			.timestamp(this.clock.instant())
			.attribute("request_id", request.requestId().toString())
			.build();
		try {
			emit(event, this.sinks.create(new SinkSession(origin, "command")));
			return DeletionAnswer.handedOver();
		}
		catch (TelemetryException ex) {
			String reason = String.valueOf(ex.getMessage());
			return ex.retryable() ? DeletionAnswer.later(reason, ex.retryAfter()) : DeletionAnswer.refused(reason);
		}
	}

	private static void emit(Event event, TelemetrySink sink) throws TelemetryException {
		try {
			sink.emit(event);
			sink.flush();
		}
		finally {
			sink.close();
		}
	}

}
