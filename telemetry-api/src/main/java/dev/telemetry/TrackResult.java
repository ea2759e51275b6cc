package dev.telemetry;

/**
 * What became of an event that {@link TelemetryTracker} was given.
 */
public enum TrackResult {

	/** At least one sink's buffer has it. */
	ACCEPTED,

	/** It belongs to the share that sampling leaves out. */
	SAMPLED_OUT,

	/** Nobody has agreed to anything being collected. */
	CONSENT_CLOSED,

	/** Nothing declares an event of that name and version, or no longer. */
	UNKNOWN_EVENT,

	/** A required property is missing, or its value is not as declared. */
	INVALID,

	/** The operator turned such events off. */
	DISABLED,

	/** A processor refused it, every buffer was full, or recording it failed. */
	DROPPED

}
