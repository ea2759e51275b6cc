package dev.telemetry.consent.gate;

import java.time.Duration;

import dev.telemetry.consent.store.ConsentScope;

/**
 * The time from the opening of the gate to its closing: one epoch, one random id. What
 * belongs to a closed session is never revived.
 * <p>
 * A session has two passes. By one everything is written that stays on this machine; by
 * the other everything is spilled and sent that leaves it. When a session is shut, both
 * are. A grant that reaches further, or less far, opens or shuts the second one alone:
 * each time it opens it is a new one, so that what was shut out once stays shut out. One
 * thread at a time opens passes and waits for them to be empty, under the gate's command
 * lock; workers that see that a session has ended shut it without.
 */
public final class ConsentSession {

	private volatile String id;

	private final ConsentPass local = new ConsentPass();

	private volatile ConsentPass remote = new ConsentPass();

	private volatile ConsentGrant grant;

	private volatile ConsentScope scope;

	private volatile boolean restricted;

	private volatile String channel;

	ConsentSession(String id, ConsentGrant grant, ConsentScope scope, boolean restricted, String channel) {
		this.id = id;
		this.grant = grant;
		this.scope = scope;
		this.restricted = restricted;
		this.channel = channel;
		if (scope != ConsentScope.EXPORT) {
			this.remote.shut();
		}
	}

	/**
	 * Return the random identifier of this session. Another one follows when
	 * {@link #restricted()} changes.
	 * @return 32 hex digits
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return which grant this session rests on. A later grant that covers it takes it
	 * over.
	 * @return the grant
	 */
	public ConsentGrant grant() {
		return this.grant;
	}

	/**
	 * Return the id of the grant this session rests on.
	 * @return the id of the recorded grant, or for one by configuration a hash of it
	 */
	public String grantId() {
		return this.grant.id();
	}

	/**
	 * Return how far this session reaches now.
	 * @return {@code LOCAL} or {@code EXPORT}
	 */
	public ConsentScope scope() {
		return this.scope;
	}

	/**
	 * Return whether an input that may hold a setting that protects cannot be used, see
	 * {@link ConsentCap}.
	 * @return whether events are without identifier and runtime fields, and what is not
	 * declared is dropped
	 */
	public boolean restricted() {
		return this.restricted;
	}

	/**
	 * Return how the consent was granted that the session rests on.
	 * @return {@code env}, {@code config}, {@code file}, {@code actuator} or
	 * {@code command}
	 */
	public String channel() {
		return this.channel;
	}

	/**
	 * Enter the consent session in order to write something that stays on this machine. A
	 * caller that has entered must call {@link #exit()}.
	 * @return {@code false} if the session is closed; then nothing may be written
	 */
	public boolean enter() {
		return this.local.enter();
	}

	/**
	 * Leave the session.
	 */
	public void exit() {
		this.local.exit();
	}

	/**
	 * Return the pass for what writes or sends. It stays the same for the callers that
	 * hold it: a later one is for later callers.
	 * @param remote whether it leaves this machine
	 * @return the pass, shut while the session does not reach so far
	 */
	public ConsentPass pass(boolean remote) {
		return remote ? this.remote : this.local;
	}

	boolean isShut() {
		return this.local.isShut();
	}

	/** Return whether the session was to reach other machines, but does not any more. */
	boolean isCutOff() {
		return this.scope == ConsentScope.EXPORT && this.remote.isShut();
	}

	/** Let nothing in any more. */
	synchronized void shut() {
		this.local.shut();
		this.remote.shut();
	}

	/** Let nothing leave this machine any more. */
	synchronized void cutOff() {
		this.remote.shut();
	}

	/** Reach no further than this machine, now that nothing that leaves it is inside. */
	synchronized void narrow() {
		this.remote.shut();
		this.scope = ConsentScope.LOCAL;
	}

	/**
	 * Reach other machines from now on.
	 * @return {@code false} if the session was shut meanwhile
	 */
	synchronized boolean widen() {
		if (this.local.isShut()) {
			return false;
		}
		this.remote = new ConsentPass();
		this.scope = ConsentScope.EXPORT;
		return true;
	}

	/** Rest on a grant that takes over the one before. */
	void rest(ConsentGrant next, String grantedBy) {
		this.grant = next;
		this.channel = grantedBy;
	}

	/**
	 * Leave out of events what an input that cannot be used may demand to leave out, or
	 * do so no more. Nothing may tell which events with the identifier of the
	 * installation belong to those without it, so the id is another one from then on.
	 */
	void restrict(boolean restrict, String otherId) {
		this.id = otherId;
		this.restricted = restrict;
	}

	/**
	 * Wait until nothing is inside.
	 * @param timeout the longest to wait
	 * @return whether nothing is inside
	 */
	boolean awaitEmpty(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		boolean left = this.local.awaitEmpty(timeout);
		return this.remote.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))) && left;
	}

	/**
	 * Wait until nothing is inside that leaves this machine.
	 * @param timeout the longest to wait
	 * @return whether nothing is
	 */
	boolean awaitCutOff(Duration timeout) {
		return this.remote.awaitEmpty(timeout);
	}

}
