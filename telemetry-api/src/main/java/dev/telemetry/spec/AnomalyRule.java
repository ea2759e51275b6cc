package dev.telemetry.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which values of an event are anomalies, and what is done then.
 *
 * @param enabled whether values are watched
 * @param minimumSample the number of events of which the last one is the first that is
 * judged, at least 1
 * @param thresholds the bounds
 * @param actions what is done
 * @param window how long a value counts for the moving average
 * @param cooldown how long the same bound is not reported again, or {@code null} for what
 * is configured
 */
public record AnomalyRule(boolean enabled, int minimumSample, List<AnomalyThreshold> thresholds,
		Set<AnomalyAction> actions, Duration window, @Nullable Duration cooldown) {

	/** The window when nothing is said. */
	public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(15);

	public AnomalyRule {
		if (minimumSample < 1) {
			throw new IllegalArgumentException("'minimumSample' must be at least 1");
		}
		if (window.isNegative() || window.isZero()) {
			throw new IllegalArgumentException("'window' must be above zero");
		}
		if (cooldown != null && cooldown.isNegative()) {
			throw new IllegalArgumentException("'cooldown' must not be negative");
		}
		thresholds = List.copyOf(thresholds);
		actions = Set.copyOf(actions);
	}

	/**
	 * Check that every metric is declared as a number that is recorded in clear.
	 * @throws IllegalArgumentException if not
	 */
	void check(String event, Map<String, PropertyDefinition> properties) {
		for (AnomalyThreshold threshold : this.thresholds) {
			PropertyDefinition metric = properties.get(threshold.metric());
			if (metric == null || metric.type() != PropertyType.NUMBER || !metric.keptInClear()) {
				throw new IllegalArgumentException("'" + event + "' must declare '" + threshold.metric()
						+ "' as a number that is not personal in order to watch it");
			}
		}
	}

}
