package dev.telemetry.pipeline;

import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Judges what processors made of an event: what they added was declared by nobody yet.
 */
@FunctionalInterface
public interface ProcessedEventRule {

	/** Everything a processor does is fine. */
	ProcessedEventRule NONE = (original, changed) -> changed.toBuilder();

	/**
	 * Judge an event.
	 * @param original what the processors were given
	 * @param changed what they made of it
	 * @return what may be kept of it, or {@code null} for nothing
	 */
	Event.@Nullable Builder judge(Event original, Event changed);

}
