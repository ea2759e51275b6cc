package dev.telemetry.consent;

import org.jspecify.annotations.Nullable;

/**
 * The one gate. STUB: implemented by the consent work.
 */
public final class ConsentGate implements AutoCloseable {

	/**
	 * Return the open session; the one volatile read on the way of an event.
	 * @return the session or {@code null} while the gate is closed
	 */
	public @Nullable ConsentSession session() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the decision as it was last computed.
	 * @return the decision
	 */
	public ConsentDecision decision() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Read all inputs again and open or close accordingly.
	 * @return the decision
	 */
	public ConsentDecision refresh() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Record a yes and open the gate.
	 * @param scope how far it reaches: {@code LOCAL} or {@code EXPORT}
	 * @param notice the hash of the notice that was agreed to, or {@code null}
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @return the answer
	 */
	public ConsentAnswer enable(ConsentScope scope, @Nullable String notice, String channel) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Close the gate and record a no. When this returns, nothing is inside any more.
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @return the answer
	 */
	public ConsentAnswer disable(String channel) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Make sure that a no stored by another process is obeyed: looks at the record again
	 * when the last look is older than half a second. Called by workers before they enter
	 * the session.
	 */
	public void checkRecord() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Add a listener. An open session is announced to it at once.
	 * @param listener the listener
	 */
	public void addListener(ConsentListener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * End the open session without recording anything: the application stops.
	 */
	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

}
