package dev.telemetry.consent.store;

/**
 * How far a grant reaches, from nowhere to everywhere.
 */
public enum ConsentScope {

	/** Nothing is collected. */
	NONE,

	/** Collected for this machine's own log only: no socket. */
	LOCAL,

	/** May also be sent to the configured destinations. */
	EXPORT

}
