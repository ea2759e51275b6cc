package dev.telemetry.spec.lint;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;

/** Whether the bounds of an event's values can tell the usual from the unusual. */
final class AnomalyLint {

	/** An average of fewer values is no average. */
	private static final int MIN_SAMPLE = 5;

	private static final String BLOCK = "anomalyDetection";

	private final LintedFile file;

	private final int index;

	private final EventDefinition event;

	AnomalyLint(LintedFile file, int index, EventDefinition event) {
		this.file = file;
		this.index = index;
		this.event = event;
	}

	void check(AnomalyRule rule) {
		if (rule.enabled() && rule.thresholds().isEmpty()) {
			this.file.add(LintRule.ANOMALY, "'" + this.event.name() + "' is watched and has no thresholds",
					"write 'thresholds:' with a 'metric', or remove it", "events", this.index, BLOCK);
		}
		if (rule.enabled() && !this.file.spec().anomalyDetection()) {
			this.file.add(LintRule.ANOMALY, "'" + this.event.name() + "' is watched, but the spec watches nothing",
					"remove 'enabled: false' from 'config.anomalyDetection', or this", "events", this.index, BLOCK);
		}
		Set<String> metrics = new HashSet<>();
		for (int i = 0; i < rule.thresholds().size(); i++) {
			AnomalyThreshold threshold = rule.thresholds().get(i);
			if (!metrics.add(threshold.metric())) {
				found(i, "'" + threshold.metric() + "' has bounds twice", "write them into one entry");
			}
			if (threshold.percentChange() != null && rule.minimumSample() < MIN_SAMPLE) {
				found(i, "'percentChange' of '" + threshold.metric() + "' is judged by an average of "
						+ rule.minimumSample(), "write 'minimumSample: " + MIN_SAMPLE + "' or more");
			}
			bounds(i, threshold, Objects.requireNonNull(this.event.properties().get(threshold.metric())));
		}
	}

	private void bounds(int threshold, AnomalyThreshold bounds, PropertyDefinition metric) {
		Double min = bounds.min();
		Double max = bounds.max();
		String name = "'" + bounds.metric() + "'";
		if (min != null && min.equals(max)) {
			found(threshold, "every " + name + " but " + min + " stands out", "leave room between 'min' and 'max'");
		}
		Double least = metric.min();
		Double most = metric.max();
		if ((min != null && least != null && min <= least) || (max != null && most != null && max >= most)) {
			found(threshold, "a bound of " + name + " lies outside of what it may be, and is never crossed",
					"write one that lies inside, or remove it");
		}
		if ((min != null && most != null && min > most) || (max != null && least != null && max < least)) {
			found(threshold, "every " + name + " stands out", "write a bound that lies inside of what it may be");
		}
	}

	private void found(int threshold, String problem, String action) {
		this.file.add(LintRule.ANOMALY, problem, action, "events", this.index, BLOCK, "thresholds", threshold);
	}

}
