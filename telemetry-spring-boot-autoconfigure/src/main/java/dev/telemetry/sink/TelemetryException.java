package dev.telemetry.sink;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A sink did not take events. Seen by our workers only, never by an application. Messages
 * hold no payload, no header value and no secret.
 */
public class TelemetryException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final boolean retryable;

	private final @Nullable Duration retryAfter;

	private int settled;

	private int rejected;

	/**
	 * Create an exception.
	 * @param kind what went wrong
	 * @param message what happened, in one clause that names the target
	 * @param retryable whether the same events may be taken later
	 * @param cause the cause or {@code null}
	 */
	public TelemetryException(Kind kind, String message, boolean retryable, @Nullable Throwable cause) {
		this(kind, message, retryable, null, cause);
	}

	/**
	 * Create an exception.
	 * @param kind what went wrong
	 * @param message what happened, in one clause that names the target
	 * @param retryable whether the same events may be taken later
	 * @param retryAfter how long the receiver asked to wait, or {@code null}
	 * @param cause the cause or {@code null}
	 */
	public TelemetryException(Kind kind, String message, boolean retryable, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
		this.retryable = retryable;
		this.retryAfter = retryAfter;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return whether the same events may be taken later.
	 * @return {@code false} if the events are refused for good
	 */
	public boolean retryable() {
		return this.retryable;
	}

	/**
	 * Return how long the receiver asked to wait.
	 * @return the wait or {@code null}
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * State that part of the events is done with in spite of this exception: taken, or
	 * refused for good. What is said about retrying then concerns the others only.
	 * @param settled how many events are done with, from the oldest on
	 * @param rejected how many of them the receiver refused for good
	 * @return this exception
	 */
	public TelemetryException withProgress(int settled, int rejected) {
		if (rejected < 0 || rejected > settled) {
			throw new IllegalArgumentException("'rejected' must not be negative and not more than 'settled'");
		}
		this.settled = settled;
		this.rejected = rejected;
		return this;
	}

	/**
	 * Return how many events are done with, from the oldest on.
	 * @return 0 if none of the events was taken
	 */
	public int settled() {
		return this.settled;
	}

	/**
	 * Return how many of the settled events the receiver refused for good.
	 * @return at most {@link #settled()}
	 */
	public int rejected() {
		return this.rejected;
	}

	/** What went wrong. */
	public enum Kind {

		/** Reading or writing a file or stream. */
		IO,

		/** Turning an event into bytes. */
		SERIALIZATION,

		/** An HTTP exchange. */
		HTTP,

		/** An OTLP exchange. */
		OTLP

	}

}
