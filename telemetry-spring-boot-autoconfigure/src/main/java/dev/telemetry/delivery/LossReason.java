package dev.telemetry.delivery;

import java.util.Locale;

/** Why an event was lost. */
enum LossReason {

	/** The buffer was full: the newest event is lost. */
	BUFFER_FULL,

	/** It is longer than a line, or larger than a request, may be. */
	EVENT_TOO_LARGE,

	/** More waited on disk than may: the oldest is lost. */
	SPILL_QUOTA,

	/** It waited on disk for too long. */
	SPILL_AGE,

	/** It could not be written, or not be read again. */
	DISK_ERROR,

	/** What was read of it is damaged. */
	CORRUPT,

	/** The receiver refused it for good. */
	REJECTED,

	/** Consent was withdrawn, or what waited was discarded. */
	WITHDRAWN,

	/** The application stopped before it could be delivered. */
	SHUTDOWN;

	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

}
