package dev.telemetry.consent.gate;

/**
 * What follows from all inputs about consent. Computed on every change, never stored.
 */
public enum ConsentState {

	/** The author's gate is shut. */
	ABSENT,

	/** Consent is denied outside the record: by configuration or a variable. */
	VETOED,

	/** A test environment, or CI without an explicit grant in configuration. */
	SUPPRESSED,

	/** The record is unreadable, damaged or not ours. */
	FAULT,

	/** No decision has been made. */
	UNDECIDED,

	/** A recorded denial, without a grant before it. */
	DENIED,

	/** A recorded denial that withdrew a grant. */
	WITHDRAWN,

	/** A recorded grant of less than would be collected today, or an expired one. */
	STALE,

	/** A grant that is valid. */
	GRANTED

}
