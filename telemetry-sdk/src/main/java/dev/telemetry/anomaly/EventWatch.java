package dev.telemetry.anomaly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.anomaly.Anomaly.Bound;
import dev.telemetry.event.Event;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.EventDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Watches the events of one name. "lock" guards everything that changes; it is held for a
 * few additions and comparisons only, and no listener is called while it is.
 */
final class EventWatch {

	/** Keeps arithmetic with nanoseconds from overflowing. */
	private static final Duration LONGEST = Duration.ofDays(36500);

	private static final Bound[] BOUNDS = Bound.values();

	private final EventDefinition definition;

	private final @Nullable AnomalyRule rule;

	private final int minimumSample;

	private final long cooldownNanos;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final List<MetricWatch> metrics = new ArrayList<>();

	@GuardedBy("lock")
	private int seen;

	EventWatch(EventDefinition definition, @Nullable AnomalyRule rule, Duration cooldown) {
		this.definition = definition;
		this.rule = rule;
		this.minimumSample = (rule != null) ? rule.minimumSample() : 1;
		this.cooldownNanos = nanos(cooldown);
		if (rule != null) {
			long windowNanos = nanos(rule.window());
			rule.thresholds().forEach((threshold) -> this.metrics.add(new MetricWatch(threshold, windowNanos)));
		}
	}

	private static long nanos(Duration duration) {
		return ((duration.compareTo(LONGEST) < 0) ? duration : LONGEST).toNanos();
	}

	boolean isOf(@Nullable EventDefinition other) {
		return this.definition == other;
	}

	@Nullable AnomalyRule rule() {
		return this.rule;
	}

	/** Check an event and return its anomalies, mostly none. */
	List<Anomaly> observe(Event event, long now) {
		synchronized (this.lock) {
			this.seen = Math.min(this.seen + 1, this.minimumSample);
			List<Anomaly> found = List.of();
			for (MetricWatch metric : this.metrics) {
				if (event.attribute(metric.metric()) instanceof Number number) {
					double value = number.doubleValue();
					if (this.seen >= this.minimumSample) {
						found = judge(metric, value, event, now, found);
					}
					metric.add(value, now);
				}
			}
			return found;
		}
	}

	@GuardedBy("lock")
	private List<Anomaly> judge(MetricWatch metric, double value, Event event, long now, List<Anomaly> before) {
		List<Anomaly> found = before;
		for (Bound bound : BOUNDS) {
			Double limit = metric.limit(bound);
			if (limit == null) {
				continue;
			}
			boolean outside = metric.isOutside(bound, value, limit, this.minimumSample, now);
			if (metric.watch(bound).judge(outside, this.cooldownNanos, now)) {
				found = found.isEmpty() ? new ArrayList<>() : found;
				found.add(new Anomaly(event.name(), this.definition.version(), metric.metric(), bound, value, limit,
						metric.baseline(now), !outside, event.timestamp()));
			}
		}
		return found;
	}

}
