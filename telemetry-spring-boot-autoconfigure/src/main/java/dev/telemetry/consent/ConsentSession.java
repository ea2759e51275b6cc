package dev.telemetry.consent;

/**
 * The time from the opening of the gate to its closing: one grant, one epoch, one random
 * id. What belongs to a closed session is never revived.
 */
public final class ConsentSession {

	private final String id;

	private final String grantId;

	private final ConsentScope scope;

	private final String channel;

	ConsentSession(String id, String grantId, ConsentScope scope, String channel) {
		this.id = id;
		this.grantId = grantId;
		this.scope = scope;
		this.channel = channel;
	}

	/**
	 * Return the random identifier of this session.
	 * @return 32 hex digits
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return which grant this session rests on.
	 * @return the id of the recorded grant, or for a yes in configuration a hash of it
	 */
	public String grantId() {
		return this.grantId;
	}

	public ConsentScope scope() {
		return this.scope;
	}

	/**
	 * Return how the yes was said.
	 * @return {@code env}, {@code config}, {@code file}, {@code actuator} or
	 * {@code command}
	 */
	public String channel() {
		return this.channel;
	}

	/**
	 * Enter the session in order to append or send. Whoever entered must call
	 * {@link #exit()}.
	 * @return {@code false} if the session is closed; then nothing may be written or sent
	 */
	public boolean enter() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Leave the session.
	 */
	public void exit() {
		throw new UnsupportedOperationException();
	}

}
