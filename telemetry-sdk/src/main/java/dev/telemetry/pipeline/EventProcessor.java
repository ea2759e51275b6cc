package dev.telemetry.pipeline;

import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Changes or refuses events before they are recorded. Runs on the thread that records, so
 * it must be quick and must not block. One that throws is skipped.
 * <p>
 * A processor may change name and attributes; id, type, time, origin and sampling rate
 * stay what the system made them. Redaction runs after all processors and cannot be
 * undone by one. An event whose processor throws is refused.
 */
@FunctionalInterface
public interface EventProcessor {

	/**
	 * Look at an event.
	 * @param event the event
	 * @return the event to record, the same or a changed one, or {@code null} to refuse
	 * it
	 */
	@Nullable Event process(Event event);

}
