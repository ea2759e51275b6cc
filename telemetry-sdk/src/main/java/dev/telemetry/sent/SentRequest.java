package dev.telemetry.sent;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One request that was handed to a transport, and what came of it. Safe for use by
 * several threads.
 */
public final class SentRequest {

	private final String id;

	private final Instant time;

	private final SentHead head;

	private final SentBody body;

	private volatile Outcome outcome = Outcome.UNKNOWN;

	SentRequest(String id, Instant time, SentHead head, SentBody body) {
		this.id = id;
		this.time = time;
		this.head = head;
		this.body = body;
	}

	/**
	 * Return what tells it from other requests, of other processes too.
	 * @return letters, digits and a hyphen
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return when it was handed to the transport.
	 * @return the time
	 */
	public Instant time() {
		return this.time;
	}

	public SentHead head() {
		return this.head;
	}

	public SentBody body() {
		return this.body;
	}

	/**
	 * Return what came of it.
	 * @return the outcome so far
	 */
	public Outcome outcome() {
		return this.outcome;
	}

	/**
	 * It was answered.
	 * @param status the status of the protocol
	 */
	public void answered(int status) {
		this.outcome = new Outcome(status, null, false);
	}

	/** It was taken, by what has no status. */
	public void taken() {
		this.outcome = new Outcome(null, null, true);
	}

	/**
	 * There was no answer, and it may not have left this machine.
	 * @param failure why, without a secret
	 */
	public void failed(String failure) {
		this.outcome = new Outcome(null, failure, false);
	}

	/**
	 * What came of a request.
	 *
	 * @param status the status, or {@code null} if there is none
	 * @param failure why there is no answer, or {@code null}
	 * @param taken whether it was taken by what has no status
	 */
	public record Outcome(@Nullable Integer status, @Nullable String failure, boolean taken) {

		/** Nothing yet. */
		public static final Outcome UNKNOWN = new Outcome(null, null, false);

	}

}
