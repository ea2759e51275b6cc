package dev.telemetry.insight;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long calls took. The percentiles are exact: where there are more distinct durations
 * than there is room for, the log is read again, until each percentile is one duration.
 */
final class DurationTally {

	/** A log is untrusted: beyond this a figure would no longer be a number. */
	private static final double MAX_DURATION = 1e12;

	private static final int[] PERCENTS = { 50, 90, 99 };

	private final DurationCounts counts;

	private final List<RankSearch> searches = new ArrayList<>();

	private final ExactSum sum = new ExactSum();

	private long measured;

	private long weight;

	private double min = Double.MAX_VALUE;

	private double max;

	DurationTally(ReportLimits limits, int slots) {
		this.counts = new DurationCounts(limits, slots, 0);
	}

	void add(@Nullable Object value, long weight) {
		if (value instanceof Number number && isDuration(number.doubleValue())) {
			// Without the sign that a zero may have
			double millis = number.doubleValue() + 0.0;
			this.measured++;
			this.weight = EventWeight.add(this.weight, weight);
			this.sum.add(millis, weight);
			this.min = Math.min(this.min, millis);
			this.max = Math.max(this.max, millis);
			this.counts.add(Double.doubleToLongBits(millis), weight);
		}
	}

	private static boolean isDuration(double millis) {
		return millis >= 0 && millis <= MAX_DURATION;
	}

	/**
	 * Look at a duration once more.
	 * @param value what the log says
	 * @param weight for how many events it stands
	 */
	void addAgain(@Nullable Object value, long weight) {
		if (!this.searches.isEmpty() && value instanceof Number number && isDuration(number.doubleValue())) {
			long bits = Double.doubleToLongBits(number.doubleValue() + 0.0);
			this.searches.forEach((search) -> search.add(bits, weight));
		}
	}

	/**
	 * Take what was counted the last time the log was read.
	 * @return how many percentiles are not known yet
	 * @throws IOException if it was not the same log
	 */
	int narrow() throws IOException {
		if (this.measured == 0) {
			return 0;
		}
		if (this.searches.isEmpty()) {
			for (int percent : PERCENTS) {
				this.searches.add(new RankSearch(Objects.requireNonNull(this.counts.find(rank(percent)))));
			}
			this.counts.release();
		}
		int open = 0;
		for (RankSearch search : this.searches) {
			search.narrow();
			open += search.isDone() ? 0 : 1;
		}
		return open;
	}

	/** The least weight that is as many percent of all, in whole numbers. */
	private long rank(int percent) {
		return this.weight / 100 * percent + (this.weight % 100 * percent + 99) / 100;
	}

	void begin(ReportLimits limits, int slots) {
		this.searches.forEach((search) -> search.begin(limits, slots));
	}

	@Nullable DurationSummary summary() {
		return (this.measured == 0) ? null
				: new DurationSummary(this.measured, this.min, this.sum.value() / EventWeight.events(this.weight),
						this.searches.get(0).duration(), this.searches.get(1).duration(),
						this.searches.get(2).duration(), this.max);
	}

}
