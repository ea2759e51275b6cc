package dev.telemetry.pipeline;

import dev.telemetry.Internal;
import dev.telemetry.event.Event;
import org.jspecify.annotations.Nullable;

/** Checks an event that processors have changed: what they added may not be declared. */
@Internal
@FunctionalInterface
public interface ProcessedEventRule {

	/** Everything a processor does is fine. */
	ProcessedEventRule NONE = (original, changed) -> changed.toBuilder();

	/**
	 * Check an event.
	 * @param original what the processors were given
	 * @param changed the result of the processors
	 * @return what may be recorded of it, or {@code null} for nothing
	 */
	Event.@Nullable Builder judge(Event original, Event changed);

}
