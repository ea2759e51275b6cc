package dev.telemetry.consent.gate;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Follows the gate. Called under the gate's command lock, one call after another, so
 * implementations must not call commands of the gate.
 */
public interface ConsentListener {

	/**
	 * The gate has just opened; the grant is durable already.
	 * @param session the new session
	 */
	default void opened(ConsentSession session) {
	}

	/**
	 * The gate has just closed: nothing enters the session any more, but something may
	 * still be inside. Drop every reference by which a caller could reach its buffers.
	 * @param session the session that ends
	 */
	default void closing(ConsentSession session) {
	}

	/**
	 * The session reaches other machines from now on. What was accepted before may only
	 * be stored on this one.
	 * @param session the consent session, which continues
	 */
	default void widened(ConsentSession session) {
	}

	/**
	 * The session reaches no further than this machine from now on: nothing enters any
	 * more that leaves it, but something may still be inside. Drop every reference by
	 * which a caller could reach the buffers of what leaves.
	 * @param session the consent session, which continues
	 */
	default void narrowing(ConsentSession session) {
	}

	/**
	 * Nothing is inside any more that leaves this machine: discard what waits in memory
	 * to be sent. What waits on disk stays, unless {@link #withdrawn} follows.
	 * @param session the consent session, which continues
	 */
	default void narrowed(ConsentSession session) {
	}

	/**
	 * The user asks for status, or grants consent: make what could not be made before,
	 * such as a thread.
	 */
	default void retry() {
	}

	/**
	 * Say why nothing leaves this machine in a session that may reach further. Asked
	 * after {@link #opened} and {@link #widened}; the session is narrowed then.
	 * @return the reason, or {@code null} if something can leave
	 */
	default @Nullable String unreachable() {
		return null;
	}

	/**
	 * The content of events has changed, see {@link ConsentSession#restricted()}.
	 * @param session the consent session, which continues
	 */
	default void restricted(ConsentSession session) {
	}

	/**
	 * The session is about to end because a grant follows that reaches less far: let
	 * callers reach it no more, and store what was accepted for this machine.
	 * @param session the session, which does not reach further than this machine
	 * @param limit how long that may take
	 */
	default void handingOver(ConsentSession session, Duration limit) {
	}

	/**
	 * Something is still inside after the time allowed: close its connections.
	 * @param session the session that ends
	 * @return how many connections were closed
	 */
	default int abort(ConsentSession session) {
		return 0;
	}

	/**
	 * Nothing is inside any more: discard what waits in memory. A denial, if that is the
	 * reason, is durable already.
	 * @param session the session that has ended
	 */
	default void closed(ConsentSession session) {
	}

	/**
	 * A denial was recorded, or a grant for this machine alone: erase what waits on disk
	 * to be sent. Called after {@link #closed} and also when no session was open.
	 */
	default void withdrawn() {
	}

}
