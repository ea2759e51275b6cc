package dev.telemetry.sink.http;

import dev.telemetry.sink.TelemetryException.Reaction;

/**
 * The reaction to a status, for every sink and protocol: the answer table of
 * {@code docs/delivery-protocol.md}. It retains data where the OTLP specification drops
 * it: a destination with a wrong configuration is held until this is fixed.
 */
public enum StatusReaction {

	/** Redirects are never followed: they would take events and credentials elsewhere. */
	REDIRECT(Reaction.HOLD),

	/** The destination does not accept our credentials. */
	CREDENTIALS(Reaction.HOLD),

	/** What is there is not what we look for. */
	ADDRESS(Reaction.HOLD),

	/** Another server answered in place of the destination. */
	FOREIGN(Reaction.HOLD),

	/** It will pass. */
	TEMPORARY(Reaction.RETRY),

	/** The destination is broken, or an event breaks it. */
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
