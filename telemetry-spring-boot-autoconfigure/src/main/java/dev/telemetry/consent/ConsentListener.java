package dev.telemetry.consent;

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
	 * Something is still inside after the time allowed: close its connections.
	 * @param session the session that ends
	 * @return how many connections were closed
	 */
	default int abort(ConsentSession session) {
		return 0;
	}

	/**
	 * Nothing is inside any more: discard what waits in memory. A no, if that is the
	 * reason, is durable already.
	 * @param session the session that has ended
	 */
	default void closed(ConsentSession session) {
	}

	/**
	 * A no was recorded: erase what waits on disk to be sent. Called after
	 * {@link #closed} and also when no session was open.
	 */
	default void withdrawn() {
	}

}
