package dev.telemetry.spec;

/** What happens to undeclared events and attributes. */
public enum UndeclaredPolicy {

	/** They are recorded like declared ones. */
	RECORD,

	/** They are dropped and counted. */
	DROP

}
