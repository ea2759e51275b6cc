package dev.telemetry.spec;

/**
 * What is done about a value outside of its bounds.
 */
public enum AnomalyAction {

	/** Listeners are told. */
	ALERT,

	/** A line is written to the application's log. */
	LOG,

	/** Listeners are told that the declaration should be looked at again. */
	TRIGGER_REGEN

}
