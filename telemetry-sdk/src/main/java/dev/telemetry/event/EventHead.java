package dev.telemetry.event;

import org.jspecify.annotations.Nullable;

/**
 * What events of one name have in common as long as their session lasts.
 *
 * @param name the name
 * @param type the kind of event, or {@code null}
 * @param origin where it was recorded
 * @param samplingRate the share of such events that is recorded
 * @param time when it happened, or {@link #IN_ID}
 */
record EventHead(String name, @Nullable String type, EventOrigin origin, double samplingRate, long time) {

	/** The id has the time, as all ids have that are made for new events. */
	static final long IN_ID = Long.MIN_VALUE;

	/** Return what a head holds of the time of an event. */
	static long time(long millis, long idHigh) {
		return (millis == idHigh >>> 16) ? IN_ID : millis;
	}

	long timestampMillis(long idHigh) {
		return (this.time == IN_ID) ? idHigh >>> 16 : this.time;
	}

}
