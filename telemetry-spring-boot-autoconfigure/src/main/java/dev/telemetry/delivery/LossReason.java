package dev.telemetry.delivery;

import java.util.Locale;

/** Why an event was lost. */
enum LossReason {

	/** The buffer was full: the newest event is lost. */
	BUFFER_FULL,

	/** It is larger than a request may be. */
	EVENT_TOO_LARGE,

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
