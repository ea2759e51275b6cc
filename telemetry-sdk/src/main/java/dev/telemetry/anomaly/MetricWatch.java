package dev.telemetry.anomaly;

import java.util.EnumMap;
import java.util.Map;

import dev.telemetry.anomaly.Anomaly.Bound;
import dev.telemetry.spec.AnomalyThreshold;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric so far: an exponentially weighted moving average. A new value
 * has a weight of a fifth; the older the average, measured in windows, the more. Guarded
 * by the lock of its {@link EventWatch}.
 */
final class MetricWatch {

	/** What is left of the weight of an average that has just been updated. */
	private static final double PERSISTENCE = 0.8;

	private static final double PERCENT = 100;

	private final AnomalyThreshold threshold;

	private final double windowNanos;

	private final Map<Bound, BoundWatch> bounds = new EnumMap<>(Bound.class);

	private double baseline;

	private int samples;

	private long lastNanos;

	MetricWatch(AnomalyThreshold threshold, long windowNanos) {
		this.threshold = threshold;
		this.windowNanos = windowNanos;
		for (Bound bound : Bound.values()) {
			this.bounds.put(bound, new BoundWatch());
		}
	}

	String metric() {
		return this.threshold.metric();
	}

	/** Return the average, or {@code null} if no value of this window made one yet. */
	@Nullable Double baseline(long now) {
		return (this.samples > 0 && now - this.lastNanos <= this.windowNanos) ? this.baseline : null;
	}

	BoundWatch watch(Bound bound) {
		BoundWatch watch = this.bounds.get(bound);
		if (watch == null) {
			throw new IllegalStateException("every bound is watched");
		}
		return watch;
	}

	/** Return the limit of a bound, or {@code null} if it is not declared. */
	@Nullable Double limit(Bound bound) {
		return switch (bound) {
			case MIN -> this.threshold.min();
			case MAX -> this.threshold.max();
			case CHANGE -> this.threshold.percentChange();
		};
	}

	/**
	 * Return whether a value is outside of a bound. A change is judged only with an
	 * average of enough values.
	 */
	boolean isOutside(Bound bound, double value, double limit, int minimumSample, long now) {
		return switch (bound) {
			case MIN -> value < limit;
			case MAX -> value > limit;
			case CHANGE -> {
				Double average = baseline(now);
				// Nothing can differ from zero by a percentage
				yield average != null && average != 0 && this.samples + 1 >= minimumSample
						&& Math.abs(value - average) / Math.abs(average) * PERCENT > limit;
			}
		};
	}

	/** Make a value part of the average, after it was judged. */
	void add(double value, long now) {
		if (baseline(now) == null) {
			this.baseline = value;
			this.samples = 1;
		}
		else {
			double weight = 1 - PERSISTENCE * Math.exp(-Math.max(0, now - this.lastNanos) / this.windowNanos);
			this.baseline += weight * (value - this.baseline);
			this.samples = Math.min(this.samples + 1, Integer.MAX_VALUE - 1);
		}
		this.lastNanos = now;
	}

}
