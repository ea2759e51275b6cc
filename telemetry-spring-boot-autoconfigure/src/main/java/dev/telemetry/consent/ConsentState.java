package dev.telemetry.consent;

/**
 * What follows from everything that was said about consent. Computed on every change,
 * never stored.
 */
public enum ConsentState {

	/** The author's gate is shut. */
	ABSENT,

	/** A no stands outside the record: configuration or a variable. */
	VETOED,

	/** A test environment, or CI without an explicit yes in configuration. */
	SUPPRESSED,

	/** The record is unreadable, damaged or not ours. */
	FAULT,

	/** Nobody has said anything. */
	UNDECIDED,

	/** A recorded no, without a yes before it. */
	DENIED,

	/** A recorded no that took back a yes. */
	WITHDRAWN,

	/** A recorded yes to less than would be collected today, or an expired one. */
	STALE,

	/** A yes that stands. */
	GRANTED

}
