package dev.telemetry.event;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import dev.telemetry.Internal;

/** Why an event or an attribute was dropped. */
@Internal
public enum DropReason {

	/** An event that sampling left out. */
	SAMPLED,

	/** An event or attribute that nothing declares. */
	UNDECLARED,

	/** An event that a processor refused, or an attribute that cannot be represented. */
	INVALID,

	/** An attribute beyond the limits, dropped or cut. */
	OVERFLOW,

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

	/** The destination refused it for good. */
	REJECTED,

	/** Consent was withdrawn, or what waited was discarded. */
	WITHDRAWN,

	/** The application stopped before it could be delivered. */
	SHUTDOWN;

	private static final Set<DropReason> RECORDING = Collections.unmodifiableSet(EnumSet.range(SAMPLED, OVERFLOW));

	private static final Set<DropReason> DELIVERY = Collections.unmodifiableSet(EnumSet.range(BUFFER_FULL, SHUTDOWN));

	/**
	 * Return the reasons that apply before an event is handed to a sink.
	 * @return the reasons in the order of status
	 */
	public static Set<DropReason> recording() {
		return RECORDING;
	}

	/**
	 * Return the reasons that apply between an event and one sink.
	 * @return the reasons in the order of status
	 */
	public static Set<DropReason> delivery() {
		return DELIVERY;
	}

	/**
	 * Return the name in status.
	 * @return for example {@code buffer_full}
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

}
