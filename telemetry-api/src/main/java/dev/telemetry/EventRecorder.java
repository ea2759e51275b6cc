package dev.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of one event and records it. Without consent it is a shared
 * object that does nothing and costs nothing. Not safe for use by several threads.
 */
public interface EventRecorder {

	/**
	 * Return the recorder that records nothing.
	 * @return the recorder, always the same
	 */
	static EventRecorder noop() {
		return NoopEventRecorder.INSTANCE;
	}

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
	 * Set an attribute from a value of any type. Texts are trimmed and cut at 8192
	 * characters; numbers become {@code long}, or {@code double} rounded to 4 decimals;
	 * characters and enum constants become texts; an array or collection becomes its
	 * size; an optional counts as what it holds. Anything else, and what is not finite,
	 * is refused and counted: no object is ever turned into text.
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
