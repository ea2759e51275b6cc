package dev.telemetry.insight;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Counts the events of one name. */
final class EventTally {

	/** A log is untrusted: beyond these figures would no longer be numbers. */
	private static final double MIN_RATE = 0.000_001;

	private static final double MAX_DURATION = 1e12;

	private final String name;

	private long count;

	private double estimated;

	private long succeeded;

	private long failed;

	private final Map<String, Long> errors = new TreeMap<>();

	private final Map<String, Long> days = new TreeMap<>();

	private double[] durations = new double[16];

	private int measured;

	EventTally(String name) {
		this.name = name;
	}

	void add(Map<String, Object> event, @Nullable String day) {
		this.count++;
		this.estimated += (event.get("sampling_rate") instanceof Number rate && isRate(rate.doubleValue()))
				? 1 / rate.doubleValue() : 1;
		if (day != null) {
			this.days.merge(day, 1L, Long::sum);
		}
		if (event.get("attrs") instanceof Map<?, ?> attributes) {
			addAttributes(attributes);
		}
	}

	private static boolean isRate(double rate) {
		return rate >= MIN_RATE && rate <= 1;
	}

	private void addAttributes(Map<?, ?> attributes) {
		if (attributes.get("success") instanceof Boolean success) {
			this.succeeded += success ? 1 : 0;
			this.failed += success ? 0 : 1;
		}
		if (attributes.get("error") instanceof String error) {
			this.errors.merge(error, 1L, Long::sum);
		}
		if (attributes.get("duration_ms") instanceof Number duration && isDuration(duration.doubleValue())) {
			if (this.measured == this.durations.length) {
				this.durations = Arrays.copyOf(this.durations, this.measured * 2);
			}
			this.durations[this.measured++] = duration.doubleValue();
		}
	}

	private static boolean isDuration(double millis) {
		return millis >= 0 && millis <= MAX_DURATION;
	}

	EventUsage usage() {
		Map<String, Long> frequent = new LinkedHashMap<>();
		this.errors.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.forEach((error) -> frequent.put(error.getKey(), error.getValue()));
		return new EventUsage(this.name, this.count, this.estimated, this.succeeded, this.failed, frequent, this.days,
				(this.measured > 0) ? summary() : null);
	}

	private DurationSummary summary() {
		double[] sorted = Arrays.copyOf(this.durations, this.measured);
		Arrays.sort(sorted);
		double mean = Arrays.stream(sorted).average().orElse(0);
		return new DurationSummary(this.measured, sorted[0], mean, percentile(sorted, 50), percentile(sorted, 90),
				percentile(sorted, 99), sorted[this.measured - 1]);
	}

	private static double percentile(double[] sorted, int percent) {
		// In whole numbers: 0.9 * 10 is more than 9
		int rank = (int) (((long) sorted.length * percent + 99) / 100);
		return sorted[Math.max(1, rank) - 1];
	}

}
