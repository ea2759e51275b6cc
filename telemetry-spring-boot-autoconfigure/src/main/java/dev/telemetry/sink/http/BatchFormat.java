package dev.telemetry.sink.http;

import dev.telemetry.event.Event;
import dev.telemetry.event.JsonObjectWriter;

/**
 * How a vendor wants batches: JSON that ends in an array of events.
 */
public interface BatchFormat {

	/**
	 * Return what stands before the first event.
	 * @return ASCII that ends with the bracket of the array; may hold a secret
	 */
	String head();

	/**
	 * Return what stands behind the last event.
	 * @return ASCII that begins with the bracket of the array
	 */
	default String tail() {
		return "]}";
	}

	/**
	 * Write the members of one event, the same at every try.
	 * @param event the event
	 * @param json an open object
	 */
	void write(Event event, JsonObjectWriter json);

	/**
	 * Return how many events one body may hold.
	 * @return the most the receiver takes; by default its bytes are its only bound
	 */
	default int maxEvents() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Return how large one event may be.
	 * @return the most bytes the receiver takes
	 */
	int maxEventBytes();

	/**
	 * Return how large a body may be before compression.
	 * @return the most bytes the receiver takes
	 */
	int maxBodyBytes();

	/**
	 * Return what the receiver does, for messages.
	 * @return for example {@code takes batches of PostHog}
	 */
	String expected();

	/**
	 * Return the property that holds the secret, for messages.
	 * @return its name beside the property that holds the address
	 */
	String credentials();

}
