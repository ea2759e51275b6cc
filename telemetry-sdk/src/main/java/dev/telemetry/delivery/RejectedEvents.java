package dev.telemetry.delivery;

import java.io.IOException;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;

/**
 * Keeps the events that a receiver refused for good, so that somebody can look at them.
 */
@FunctionalInterface
public interface RejectedEvents {

	/** Keeps none. */
	RejectedEvents NONE = (sink, event) -> {
	};

	/**
	 * Keep an event. Called inside the session, by one thread for each sink.
	 * @param sink the name of the sink
	 * @param event the event
	 * @throws TelemetryException if it cannot be kept
	 */
	void keep(String sink, Event event) throws TelemetryException;

	/**
	 * Erase all that are kept, of all sinks and of earlier sessions.
	 * @throws IOException if something could not be erased
	 */
	default void erase() throws IOException {
	}

}
