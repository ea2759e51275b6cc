package dev.telemetry.pipeline;

import dev.telemetry.event.Event;

/**
 * Looks at events that are about to be kept, after redaction, and can change nothing.
 * Runs on the thread that records, so it must be quick and must not block.
 */
@FunctionalInterface
public interface EventObserver {

	/**
	 * Look at an event.
	 * @param event the redacted event
	 */
	void observe(Event event);

}
