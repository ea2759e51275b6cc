package dev.telemetry.sdk;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.problem.RecordingFailures;

/**
 * What every event passes on its way to the lanes, whatever the session.
 *
 * @param rules say what may be recorded
 * @param pipeline processors, limits, redaction, observers
 * @param dropped counts what is dropped
 * @param metadata attributes of every event; those of the event itself win
 * @param clock the wall clock
 * @param nanoTime the monotonic clock in nanoseconds
 * @param failures where exceptions end
 */
record RecordingPath(EventRules rules, EventPipeline pipeline, DropCounters dropped, Map<String, String> metadata,
		InstantSource clock, LongSupplier nanoTime, RecordingFailures failures) {

	RecordingPath {
		metadata = Map.copyOf(metadata);
	}

}
