package dev.telemetry.deletion;

/**
 * Passes a request for deletion on. A bean of this type takes the place of those that can
 * be configured.
 * <p>
 * Called by one thread at a time, never by one of the application's, and only while
 * nothing forbids to send: no veto, no test environment and no {@code local-only}. The
 * same request may come again, after a crash for example, with the same request id.
 */
@FunctionalInterface
public interface DeletionRequestor {

	/**
	 * Pass a request on. What this throws counts as {@link DeletionAnswer#later}.
	 * @param request the request
	 * @return the result, never more than there is evidence for
	 */
	DeletionAnswer request(DeletionRequest request);

	/**
	 * Let go of connections and threads: nothing more is to be passed on for now.
	 */
	default void release() {
	}

}
