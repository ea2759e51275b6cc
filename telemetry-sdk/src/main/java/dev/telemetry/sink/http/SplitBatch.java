package dev.telemetry.sink.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way in as many requests as it takes to keep each of them small.
 */
public final class SplitBatch {

	private final Deque<Part> parts = new ArrayDeque<>();

	private int settled;

	private int rejected;

	private @Nullable TelemetryException rejection;

	private SplitBatch(int events) {
		this.parts.add(new Part(0, events));
	}

	/**
	 * Send a batch of which the size of a request shows only when it is made. The same
	 * events always make the same requests.
	 * @param events the events
	 * @param goOn tells whether another request may begin
	 * @param request sends some of them
	 * @throws TelemetryException if not all of them were taken
	 */
	public static void send(List<Event> events, BooleanSupplier goOn, Request request) throws TelemetryException {
		send(events.size(), goOn, (from, to) -> request.send(events.subList(from, to)));
	}

	/**
	 * Send a batch.
	 * @param events how many events it has
	 * @param goOn tells whether another request may begin
	 * @param requests sends some of them
	 * @throws TelemetryException if not all of them were taken
	 */
	public static void send(int events, BooleanSupplier goOn, Requests requests) throws TelemetryException {
		SplitBatch batch = new SplitBatch(events);
		while (!batch.parts.isEmpty()) {
			if (!goOn.getAsBoolean()) {
				throw new TelemetryException(TelemetryException.Kind.IO, "consent does not stand any more", true, null)
					.withProgress(batch.settled, batch.rejected);
			}
			batch.sendNext(requests);
		}
		if (batch.rejection != null) {
			throw batch.rejection.withProgress(batch.settled, batch.rejected);
		}
	}

	private void sendNext(Requests requests) throws TelemetryException {
		Part next = this.parts.removeFirst();
		int end = requests.end(next.from(), next.to());
		if (end < next.to()) {
			this.parts.addFirst(new Part(end, next.to()));
		}
		sendPart(new Part(next.from(), end), requests);
	}

	private void sendPart(Part part, Requests requests) throws TelemetryException {
		@Nullable TelemetryException failure = requests.send(part.from(), part.to());
		if (failure == null) {
			this.settled += part.size();
		}
		else if (failure.kind() == TelemetryException.Kind.TOO_LARGE && part.size() > 1) {
			int middle = part.from() + part.size() / 2;
			this.parts.addFirst(new Part(middle, part.to()));
			this.parts.addFirst(new Part(part.from(), middle));
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

	/** Sends runs of events, each in one request. */
	@FunctionalInterface
	public interface Requests {

		/**
		 * Return how far one request goes, as far as that is known before it is made.
		 * @param from the first event to send
		 * @param to the end of the events to send
		 * @return the end of its events, beyond the first; by default all of them
		 */
		default int end(int from, int to) {
			return to;
		}

		/**
		 * Send events.
		 * @param from the first event
		 * @param to their end
		 * @return what went wrong, or {@code null} if they were taken
		 * @throws TelemetryException if they could not be encoded as a request
		 */
		@Nullable TelemetryException send(int from, int to) throws TelemetryException;

	}

	/**
	 * Events that are next to each other.
	 *
	 * @param from the first
	 * @param to their end
	 */
	private record Part(int from, int to) {

		int size() {
			return this.to - this.from;
		}

	}

}
