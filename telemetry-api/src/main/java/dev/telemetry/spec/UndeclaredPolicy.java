package dev.telemetry.spec;

/**
 * What becomes of events and attributes that nothing declares.
 */
public enum UndeclaredPolicy {

	/** They are recorded like declared ones. */
	RECORD,

	/** They are dropped and counted. */
	DROP

}
