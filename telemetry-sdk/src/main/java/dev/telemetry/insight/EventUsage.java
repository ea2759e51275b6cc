package dev.telemetry.insight;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the local log says about one event. All figures but {@code count} stand for the
 * events before sampling, as far as the log tells.
 *
 * @param name the name of the event
 * @param count how many there are in the log
 * @param estimated how many there were before sampling
 * @param succeeded how many calls succeeded
 * @param failed how many calls did not
 * @param errors how often each kind of error ended a call, the most frequent first
 * @param days how many there were on each day in UTC, in order
 * @param durations how long calls took, or {@code null} when none says so
 * @param total what the numbers of an attribute add up to, or {@code null} when nothing
 * was to be added
 * @param groups the same figures for each value of an attribute, the largest first; empty
 * when they were not asked for
 */
public record EventUsage(String name, long count, double estimated, double succeeded, double failed,
		Map<String, Double> errors, Map<String, Double> days, @Nullable DurationSummary durations,
		@Nullable Double total, List<GroupUsage> groups) {

	public EventUsage {
		errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
		days = Collections.unmodifiableMap(new LinkedHashMap<>(days));
		groups = List.copyOf(groups);
	}

	/**
	 * Return the share of calls that succeeded.
	 * @return a number from 0 to 1, or {@code null} when no call says whether it did
	 */
	public @Nullable Double successRate() {
		return rate(this.succeeded, this.failed);
	}

	static @Nullable Double rate(double succeeded, double failed) {
		double known = succeeded + failed;
		return (known > 0) ? Double.valueOf(succeeded / known) : null;
	}

}
