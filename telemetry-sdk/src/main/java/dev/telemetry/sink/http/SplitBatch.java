package dev.telemetry.sink.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way in as many requests as it takes to keep each of them small. The same
 * events always make the same requests.
 */
public final class SplitBatch {

	private final Deque<List<Event>> parts = new ArrayDeque<>();

	private int settled;

	private int rejected;

	private @Nullable TelemetryException rejection;

	private SplitBatch(List<Event> events) {
		this.parts.add(events);
	}

	/**
	 * Send a batch.
	 * @param events the events
	 * @param goOn tells whether another request may begin
	 * @param request sends some of them
	 * @throws TelemetryException if not all of them were taken
	 */
	public static void send(List<Event> events, BooleanSupplier goOn, Request request) throws TelemetryException {
		SplitBatch batch = new SplitBatch(events);
		while (!batch.parts.isEmpty()) {
			if (!goOn.getAsBoolean()) {
				throw new TelemetryException(TelemetryException.Kind.IO, "consent does not stand any more", true, null)
					.withProgress(batch.settled, batch.rejected);
			}
			batch.sendPart(batch.parts.removeFirst(), request);
		}
		if (batch.rejection != null) {
			throw batch.rejection.withProgress(batch.settled, batch.rejected);
		}
	}

	private void sendPart(List<Event> part, Request request) throws TelemetryException {
		@Nullable TelemetryException failure = request.send(part);
		if (failure == null) {
			this.settled += part.size();
		}
		else if (failure.kind() == TelemetryException.Kind.TOO_LARGE && part.size() > 1) {
			this.parts.addFirst(part.subList(part.size() / 2, part.size()));
			this.parts.addFirst(part.subList(0, part.size() / 2));
		}
		else if (failure.settled() == part.size()) {
			this.settled += part.size();
			this.rejected += failure.rejected();
			this.rejection = failure;
		}
		else {
			throw failure.withSuspects(part.size()).withProgress(this.settled, this.rejected);
		}
	}

	/** Sends events in one request. */
	@FunctionalInterface
	public interface Request {

		/**
		 * Send events.
		 * @param events the events
		 * @return what went wrong, or {@code null} if they were taken
		 * @throws TelemetryException if they could not be encoded as a request
		 */
		@Nullable TelemetryException send(List<Event> events) throws TelemetryException;

	}

}
