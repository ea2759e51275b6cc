package dev.telemetry.deletion;

/**
 * The result of the request to delete what was sent before. Never says more than there is
 * evidence for.
 */
public enum DeletionOutcome {

	/** Nothing was ever sent. */
	NOT_NEEDED,

	/** The request is stored and being tried. */
	REQUESTED,

	/** The deletion service has answered that it accepts the request. */
	ACKNOWLEDGED,

	/** The request is written and waits for the person to send it. */
	PREPARED,

	/** Nothing is configured that could take a request: the person has to ask. */
	CANNOT_REQUEST

}
