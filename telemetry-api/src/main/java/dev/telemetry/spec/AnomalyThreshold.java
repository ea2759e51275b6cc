package dev.telemetry.spec;

import org.jspecify.annotations.Nullable;

/**
 * The bounds of a property's values. A value that equals a bound is fine.
 *
 * @param metric the name of the property, a number that is not personal
 * @param min the least it should be, or {@code null}
 * @param max the most it should be, or {@code null}
 * @param percentChange by how many percent it may differ from its moving average, or
 * {@code null}
 */
public record AnomalyThreshold(String metric, @Nullable Double min, @Nullable Double max,
		@Nullable Double percentChange) {

	public AnomalyThreshold {
		if (metric.isBlank()) {
			throw new IllegalArgumentException("'metric' must not be blank");
		}
		if (min == null && max == null && percentChange == null) {
			throw new IllegalArgumentException("'" + metric + "' must have 'min', 'max' or 'percentChange'");
		}
		if (min != null && max != null && min > max) {
			throw new IllegalArgumentException("'min' of '" + metric + "' must not be above 'max'");
		}
		if (percentChange != null && !(percentChange > 0)) {
			throw new IllegalArgumentException("'percentChange' of '" + metric + "' must be above 0");
		}
	}

}
