package dev.telemetry.sink.http;

import java.util.List;
import java.util.Map;

import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * The batch format of a destination: JSON that ends in an array of events. Used by one
 * thread at a time.
 */
public interface BatchFormat {

	/**
	 * Return the text before the first event.
	 * @return ASCII that ends with the bracket of the array; may hold a secret
	 */
	String head();

	/**
	 * Return where in the text before the first event a secret is.
	 * @return the place; by default there is none
	 */
	default SecretSpan secret() {
		return SecretSpan.NONE;
	}

	/**
	 * Return the text after the last event.
	 * @return ASCII that begins with the bracket of the array
	 */
	default String tail() {
		return "]}";
	}

	/**
	 * Encode one event, the same at every try.
	 * @param event the event
	 * @return an object of JSON in ASCII
	 */
	byte[] encode(Event event);

	/**
	 * Return the header fields that describe a batch.
	 * @param events its events
	 * @return the values by name; none by default
	 */
	default Map<String, String> fields(List<Event> events) {
		return Map.of();
	}

	/**
	 * Return how many events one body may hold.
	 * @return the most the destination accepts; by default only the number of bytes is
	 * bounded
	 */
	default int maxEvents() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Return how large one event may be.
	 * @return the most bytes the destination accepts; by default only our own bound
	 * counts
	 */
	default int maxEventBytes() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Return how large a body may be before compression.
	 * @return the most bytes the destination accepts; by default only our own bound
	 * counts
	 */
	default int maxBodyBytes() {
		return Integer.MAX_VALUE;
	}

	/**
	 * Return what speaks against an acknowledgement in the body of an answer whose status
	 * is one of success.
	 * @param body the body, not empty
	 * @return what was found, or {@code null} if the events were taken; by default any
	 * body will do
	 */
	default @Nullable Refusal refusal(byte[] body) {
		return null;
	}

	/**
	 * Return what the destination does, for messages.
	 * @return for example {@code takes batches of PostHog}
	 */
	String expected();

	/**
	 * Return the property that holds the secret, for messages.
	 * @return its name beside the property that holds the address
	 */
	String credentials();

}
