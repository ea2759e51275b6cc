package dev.telemetry.deletion;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The result of one request for deletion.
 *
 * @param kind how far it got
 * @param reason what prevents further progress, in one clause without secrets, or
 * {@code null}
 * @param retryAfter how long the destination asked to wait, or {@code null}
 */
public record DeletionAnswer(Kind kind, @Nullable String reason, @Nullable Duration retryAfter) {

	public DeletionAnswer {
		Objects.requireNonNull(kind, "'kind' must not be null");
	}

	/**
	 * The deletion service has said that it accepts the request.
	 * @return the answer
	 */
	public static DeletionAnswer acknowledged() {
		return new DeletionAnswer(Kind.ACKNOWLEDGED, null, null);
	}

	/**
	 * The request is on its way by a route that says nothing about its end.
	 * @return the answer
	 */
	public static DeletionAnswer handedOver() {
		return new DeletionAnswer(Kind.HANDED_OVER, null, null);
	}

	/**
	 * It did not get through this time.
	 * @param reason why, in one clause without secrets
	 * @param retryAfter how long the destination asked to wait, or {@code null}
	 * @return the answer
	 */
	public static DeletionAnswer later(String reason, @Nullable Duration retryAfter) {
		return new DeletionAnswer(Kind.LATER, reason, retryAfter);
	}

	/**
	 * The destination will not accept it until the cause is fixed.
	 * @param reason why, in one clause without secrets
	 * @return the answer
	 */
	public static DeletionAnswer refused(String reason) {
		return new DeletionAnswer(Kind.REFUSED, reason, null);
	}

	/** How far a request got. */
	public enum Kind {

		/** Accepted by the deletion service. */
		ACKNOWLEDGED,

		/** Passed on, without evidence that it arrived. */
		HANDED_OVER,

		/** Not passed on; worth another attempt. */
		LATER,

		/** Not accepted; no attempt would change that. */
		REFUSED

	}

}
