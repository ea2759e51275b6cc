package dev.telemetry.pipeline;

import dev.telemetry.event.Event;

/**
 * Sees events that are about to be recorded, after redaction, and can change nothing.
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
