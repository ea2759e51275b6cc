package dev.telemetry;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Records events. Nothing here ever throws to the caller, blocks it or does I/O on its
 * thread. Safe for use by several threads.
 */
public interface TelemetryContext {

	/**
	 * Return a context that records nothing, for a library that runs with and without a
	 * telemetry bean: {@code provider.getIfAvailable(TelemetryContext::noop)}. Its
	 * {@link #time} runs the work once, and its tracker answers
	 * {@link TrackResult#CONSENT_CLOSED}.
	 * @return the context, always the same
	 */
	static TelemetryContext noop() {
		return NoopTelemetryContext.INSTANCE;
	}

	/**
	 * Start an event of a compiled type: the primary way, free while consent is off.
	 * @param type the type
	 * @return a recorder
	 */
	EventRecorder event(EventType type);

	/**
	 * Record an event that has a name only.
	 * @param name the name
	 */
	void record(String name);

	/**
	 * Record an event. Convenient, but the caller builds the map even while consent is
	 * off; prefer {@link #event(EventType)}.
	 * @param name the name
	 * @param attributes the attributes
	 */
	void record(String name, Map<String, ?> attributes);

	/**
	 * Start timing a block of code.
	 * @param type the type of the event that is recorded when the scope is closed
	 * @return the scope
	 */
	EventScope start(EventType type);

	/**
	 * Start timing a block of code that ends in one of two events.
	 * @param success the type of the event that is recorded when the scope is closed and
	 * the block succeeded
	 * @param failure the type of the event that is recorded otherwise
	 * @return the scope
	 */
	EventScope start(EventType success, EventType failure);

	/**
	 * Run a block of code and record how it went. What the block returns or throws
	 * reaches the caller unchanged.
	 * @param type the type of the event
	 * @param work the block
	 * @param <T> the type of the result
	 * @param <X> the type of exception the block may throw
	 * @return what the block returned
	 * @throws X what the block threw
	 */
	<T extends @Nullable Object, X extends Throwable> T time(EventType type, ScopedWork<T, X> work) throws X;

	/**
	 * Return what records declared events by name and version.
	 * @return the tracker, always the same
	 */
	TelemetryTracker tracker();

	/**
	 * Return whether events are collected now.
	 * @return {@code true} while the gate is open
	 */
	boolean isCollecting();

	/**
	 * A block of code that is timed.
	 *
	 * @param <T> the type of the result
	 * @param <X> the type of exception
	 */
	@FunctionalInterface
	interface ScopedWork<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Run the block.
		 * @param scope takes attributes while the block runs
		 * @return the result
		 * @throws X if the block fails
		 */
		T run(EventScope scope) throws X;

	}

}
