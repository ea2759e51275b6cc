package dev.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event and records it. Without consent it is a shared
 * object that does nothing and costs nothing. Not safe for use by several threads.
 */
public interface EventRecorder {

	/**
	 * Set an attribute; a later value of the same key replaces the earlier one.
	 * @param key the key
	 * @param value the value; blanks and {@code null} are left out
	 * @return this recorder
	 */
	EventRecorder attribute(String key, @Nullable String value);

	EventRecorder attribute(String key, long value);

	EventRecorder attribute(String key, double value);

	EventRecorder attribute(String key, boolean value);

	/**
	 * Set an attribute from a value of any type, normalised as
	 * {@link dev.telemetry.event.Event.Builder#attribute(String, Object)} describes.
	 * @param key the key
	 * @param value the value
	 * @return this recorder
	 */
	EventRecorder attribute(String key, @Nullable Object value);

	/**
	 * Record the event. Never throws, never blocks, does no I/O. Whatever is called on
	 * this recorder later does nothing.
	 */
	void record();

}
