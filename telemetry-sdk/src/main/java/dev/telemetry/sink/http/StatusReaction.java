package dev.telemetry.sink.http;

import dev.telemetry.sink.TelemetryException.Reaction;

/**
 * What a status asks for, for every sink and protocol: the answer table of
 * {@code docs/delivery-protocol.md}. It keeps data where the OTLP specification drops it:
 * a receiver that was set up wrongly is held until somebody mends it.
 */
public enum StatusReaction {

	/** Redirects are never followed: they would take events and credentials elsewhere. */
	REDIRECT(Reaction.HOLD),

	/** The receiver does not know us. */
	CREDENTIALS(Reaction.HOLD),

	/** What is there is not what we look for. */
	ADDRESS(Reaction.HOLD),

	/** It will pass. */
	TEMPORARY(Reaction.RETRY),

	/** The receiver is broken, or an event breaks it. */
	BROKEN(Reaction.DOUBT),

	/** Sending the same again would not help. */
	REFUSED(Reaction.BISECT);

	private final Reaction reaction;

	StatusReaction(Reaction reaction) {
		this.reaction = reaction;
	}

	/** Return what a status other than 2xx asks for. */
	static StatusReaction of(int status) {
		return switch (status) {
			case 401, 403, 407 -> CREDENTIALS;
			case 404, 405, 415, 501 -> ADDRESS;
			case 408, 425, 429 -> TEMPORARY;
			case 500 -> BROKEN;
			default -> (status / 100 == 3) ? REDIRECT : (status / 100 == 5) ? TEMPORARY : REFUSED;
		};
	}

	Reaction reaction() {
		return this.reaction;
	}

}
