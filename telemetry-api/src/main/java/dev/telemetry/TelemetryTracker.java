package dev.telemetry;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Records events that a spec declares, in the version the caller was written for, and
 * returns the result of each. The caller builds a map even while consent is off: prefer
 * {@link TelemetryContext#event(EventType)} where that matters. Never throws, never
 * blocks, does no I/O. Safe for use by several threads.
 */
public interface TelemetryTracker {

	/**
	 * Record an event.
	 * @param name the name of a declared event
	 * @param version the version of its declaration, or {@code null} for the newest
	 * @param properties the values of its properties. What is not as declared is left out
	 * and counted; without a required property nothing is recorded
	 * @param context on whose behalf it happened
	 * @return the result
	 */
	TrackResult track(String name, @Nullable String version, Map<String, ?> properties, TrackContext context);

	/**
	 * Record an event without a tenant, organization, user or user session.
	 * @param name the name of a declared event
	 * @param version the version of its declaration, or {@code null} for the newest
	 * @param properties the values of its properties
	 * @return the result
	 */
	default TrackResult track(String name, @Nullable String version, Map<String, ?> properties) {
		return track(name, version, properties, TrackContext.NONE);
	}

}
