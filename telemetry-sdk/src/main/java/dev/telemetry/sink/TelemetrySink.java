package dev.telemetry.sink;

import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;

/**
 * Where events end. A sink is used by one lane, whose threads call it one after another,
 * never two at a time; only {@link #abort()} may come from another thread meanwhile.
 * <p>
 * A sink is made after a grant and closed when the session ends. Returning from
 * {@link #emit} or {@link #emitAll} is the acknowledgement: what was handed in is
 * delivered. A sink that cannot say that throws {@link TelemetryException}; nothing a
 * sink throws ever reaches the application.
 * <p>
 * A sink supplied by the application counts as remote, and so exists only under the scope
 * {@code EXPORT}, unless it is a {@link LocalStore}.
 */
@FunctionalInterface
public interface TelemetrySink {

	/**
	 * Take one event.
	 * @param event the event
	 * @throws TelemetryException if the event was not taken
	 */
	void emit(Event event) throws TelemetryException;

	/**
	 * Take several events, oldest first.
	 * @param events the events, not empty and unmodifiable
	 * @throws TelemetryException if not all of them were taken; none counts as taken
	 * unless {@link TelemetryException#withProgress} says so
	 */
	default void emitAll(List<Event> events) throws TelemetryException {
		for (Event event : events) {
			emit(event);
		}
	}

	/**
	 * Take several events like {@link #emitAll(List)}. A sink that needs several requests
	 * for them asks before each one whether it may begin: consent may be withdrawn
	 * meanwhile.
	 * @param events the events, not empty and unmodifiable
	 * @param goOn tells whether another request may begin
	 * @throws TelemetryException if not all of them were taken
	 */
	default void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
		emitAll(events);
	}

	/**
	 * Bring what was taken to where it is safe.
	 * @throws TelemetryException if that failed
	 */
	default void flush() throws TelemetryException {
	}

	/**
	 * Ask the destination, without sending an event, whether it would accept events. Used
	 * while nothing is sent because a cause has to be fixed first.
	 * @return {@code false} if there is no way to ask
	 * @throws TelemetryException if it would not
	 */
	default boolean probe() throws TelemetryException {
		return false;
	}

	/**
	 * Give up what is being sent right now, for good: close the connection, so that
	 * {@link #emitAll} fails at once and nothing is sent any more. Called by another
	 * thread when a withdrawal or the end of the application has waited long enough; the
	 * session is over by then.
	 */
	default void abort() {
	}

	/**
	 * Release what the sink holds. May be called more than once.
	 */
	default void close() {
	}

	/**
	 * Return a sink that accepts everything and stores nothing.
	 * @return the sink
	 */
	static TelemetrySink noop() {
		return NoopSink.INSTANCE;
	}

}
