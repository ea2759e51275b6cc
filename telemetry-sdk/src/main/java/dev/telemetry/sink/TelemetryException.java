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

	private final Reaction reaction;

	private final @Nullable Duration retryAfter;

	private int settled;

	private int rejected;

	private int suspects = Integer.MAX_VALUE;

	private @Nullable String action;

	/**
	 * Create an exception.
	 * @param kind what went wrong
	 * @param message what happened, in one clause that names the target
	 * @param retryable whether the same events may be taken later:
	 * {@link Reaction#RETRY}, else {@link Reaction#BISECT}
	 * @param cause the cause or {@code null}
	 */
	public TelemetryException(Kind kind, String message, boolean retryable, @Nullable Throwable cause) {
		this(kind, message, retryable ? Reaction.RETRY : Reaction.BISECT, null, cause);
	}

	/**
	 * Create an exception.
	 * @param kind what went wrong
	 * @param message what happened, in one clause that names the target
	 * @param reaction what helps
	 * @param retryAfter how long the destination asked to wait, or {@code null}
	 * @param cause the cause or {@code null}
	 */
	public TelemetryException(Kind kind, String message, Reaction reaction, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
		this.reaction = reaction;
		this.retryAfter = retryAfter;
	}

	public Kind kind() {
		return this.kind;
	}

	public Reaction reaction() {
		return this.reaction;
	}

	/**
	 * Return whether the same events may be taken later.
	 * @return {@code false} if they are refused for good
	 */
	public boolean retryable() {
		return this.reaction != Reaction.BISECT;
	}

	/**
	 * Return how long the destination asked to wait.
	 * @return the wait or {@code null}
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * State what to do about it.
	 * @param action what helps, in one clause
	 * @return this exception
	 */
	public TelemetryException withAction(String action) {
		this.action = action;
		return this;
	}

	/**
	 * Return what to do about it, where the message does not say.
	 * @return one clause or {@code null}
	 */
	public @Nullable String action() {
		return this.action;
	}

	/**
	 * State that part of the events is settled in spite of this exception: accepted, or
	 * refused for good. The reaction then applies to the others only.
	 * @param settled how many events are settled, from the oldest on
	 * @param rejected how many of them the destination refused for good
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
	 * Return how many events are settled, from the oldest on.
	 * @return 0 if none of the events was taken
	 */
	public int settled() {
		return this.settled;
	}

	/**
	 * Return how many of the settled events the destination refused for good.
	 * @return at most {@link #settled()}
	 */
	public int rejected() {
		return this.rejected;
	}

	/**
	 * State which events the failure is about, if not about all that are not settled.
	 * @param suspects how many events the refused request held, from the oldest on that
	 * is not settled
	 * @return this exception
	 */
	public TelemetryException withSuspects(int suspects) {
		if (suspects < 1) {
			throw new IllegalArgumentException("'suspects' must be positive");
		}
		this.suspects = suspects;
		return this;
	}

	/**
	 * Return how many events the failure is about, from the oldest on that is not
	 * settled.
	 * @return more than were handed in if it is about all of them
	 */
	public int suspects() {
		return this.suspects;
	}

	/** What helps. */
	public enum Reaction {

		/** Wait, and try the same events again. */
		RETRY,

		/**
		 * Try a few more times. If that does not help, one of the events may be to blame:
		 * go on as with {@link #BISECT}.
		 */
		DOUBT,

		/**
		 * Keep all events and ask at intervals: none is accepted until the cause that the
		 * message names is fixed.
		 */
		HOLD,

		/**
		 * Waiting does not help: find the event to blame, and give up that one alone.
		 */
		BISECT

	}

	/** What went wrong. */
	public enum Kind {

		/** Reading or writing a file or stream. */
		IO,

		/** Turning an event into bytes. */
		SERIALIZATION,

		/** An event that is larger than a request may be. */
		TOO_LARGE,

		/** An HTTP exchange. */
		HTTP,

		/** An OTLP exchange. */
		OTLP

	}

}
