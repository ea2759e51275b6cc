package dev.telemetry.delivery;

import java.io.IOException;

import dev.telemetry.Internal;
import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;

/**
 * Stores the events that a destination refused for good, so that the operator can look at
 * them.
 */
@Internal
@FunctionalInterface
public interface RejectedEvents {

	/** Keeps none. */
	RejectedEvents NONE = (sink, event) -> {
	};

	/**
	 * Store an event. Called inside the session, by one thread for each sink.
	 * @param sink the name of the sink
	 * @param event the event
	 * @throws TelemetryException if it cannot be stored
	 */
	void keep(String sink, Event event) throws TelemetryException;

	/**
	 * Erase all stored events, of all sinks and of earlier recording sessions.
	 * @throws IOException if something could not be erased
	 */
	default void erase() throws IOException {
	}

}
