package dev.telemetry.insight;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the local log says about one event.
 *
 * @param name the name of the event
 * @param count how many there are in the log
 * @param estimated how many there were before sampling, as far as the log tells
 * @param succeeded how many calls say that they succeeded
 * @param failed how many calls say that they did not
 * @param errors how often each kind of error ended a call, the most frequent first
 * @param days how many there are in the log of each day in UTC, in order
 * @param durations how long calls took, or {@code null} when none says so
 */
public record EventUsage(String name, long count, double estimated, long succeeded, long failed,
		Map<String, Long> errors, Map<String, Long> days, @Nullable DurationSummary durations) {

	public EventUsage {
		errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
		days = Collections.unmodifiableMap(new LinkedHashMap<>(days));
	}

	/**
	 * Return the share of calls that succeeded.
	 * @return a number from 0 to 1, or {@code null} when no call says whether it did
	 */
	public @Nullable Double successRate() {
		long known = this.succeeded + this.failed;
		return (known > 0) ? (double) this.succeeded / known : null;
	}

}
