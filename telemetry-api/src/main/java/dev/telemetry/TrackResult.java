package dev.telemetry;

/** The result for an event that was passed to {@link TelemetryTracker}. */
public enum TrackResult {

	/** At least one sink's buffer has it. */
	ACCEPTED,

	/** It belongs to the share that sampling leaves out. */
	SAMPLED_OUT,

	/** Consent to collection is not granted. */
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
