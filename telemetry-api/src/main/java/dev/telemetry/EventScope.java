package dev.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Times a block of code and records one event when it is closed, with
 * {@code duration_ms}, {@code success}, {@code outcome} and, after a failure,
 * {@code error}. Recorded as a success unless {@link #failed}, {@link #rejected} or
 * {@link #cancelled} was called. A scope that is never closed records nothing and holds
 * nothing. It may be handed from one thread to another, but not used by two at once.
 */
public interface EventScope extends AutoCloseable {

	/**
	 * Return the scope that records nothing.
	 * @return the scope, always the same
	 */
	static EventScope noop() {
		return NoopEventScope.INSTANCE;
	}

	/**
	 * Set an attribute, at any time before the scope is closed.
	 * @param key the key
	 * @param value the value
	 * @return this scope
	 */
	EventScope attribute(String key, @Nullable Object value);

	/**
	 * Say that the block failed.
	 * @param cause what it failed with, or {@code null} if nothing was thrown; only the
	 * simple name of its class is recorded, or of the nearest superclass that has a name
	 * @return this scope
	 */
	EventScope failed(@Nullable Throwable cause);

	/**
	 * Say that the block refused what it was asked for: its input was invalid, or not
	 * allowed.
	 * @param cause what it refused with, recorded as by {@link #failed}, or {@code null}
	 * @return this scope
	 */
	EventScope rejected(@Nullable Throwable cause);

	/**
	 * Say that the block was given up before it ended.
	 * @return this scope
	 */
	EventScope cancelled();

	/**
	 * Record the event. Whatever is called on this scope later does nothing. Never
	 * throws.
	 */
	@Override
	void close();

}
