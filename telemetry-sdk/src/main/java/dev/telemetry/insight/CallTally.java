package dev.telemetry.insight;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Counts events: those of one name, or those of them with one value. */
final class CallTally {

	/** A log is untrusted: beyond this a figure would no longer be a number. */
	private static final double MAX_NUMBER = 1e15;

	private final @Nullable String summed;

	private final DurationTally durations;

	private final ExactSum total = new ExactSum();

	private long numbers;

	private boolean negative;

	private long count;

	private long weight;

	private long succeeded;

	private long failed;

	/**
	 * Create a tally.
	 * @param summed the attribute whose numbers are added, if any
	 * @param durations counts durations
	 */
	CallTally(@Nullable String summed, DurationTally durations) {
		this.summed = summed;
		this.durations = durations;
	}

	void add(Map<?, ?> attributes, long weight) {
		this.count++;
		this.weight = EventWeight.add(this.weight, weight);
		if (attributes.get("success") instanceof Boolean success) {
			this.succeeded = EventWeight.add(this.succeeded, success ? weight : 0);
			this.failed = EventWeight.add(this.failed, success ? 0 : weight);
		}
		this.durations.add(attributes.get("duration_ms"), weight);
		if (this.summed != null && attributes.get(this.summed) instanceof Number number
				&& Math.abs(number.doubleValue()) <= MAX_NUMBER) {
			this.numbers++;
			this.negative |= number.doubleValue() < 0;
			this.total.add(number.doubleValue(), weight);
		}
	}

	void addAgain(Map<?, ?> attributes, long weight) {
		this.durations.addAgain(attributes.get("duration_ms"), weight);
	}

	DurationTally durations() {
		return this.durations;
	}

	long count() {
		return this.count;
	}

	double estimated() {
		return EventWeight.events(this.weight);
	}

	double succeeded() {
		return EventWeight.events(this.succeeded);
	}

	double failed() {
		return EventWeight.events(this.failed);
	}

	/** Return the total, or {@code null} where nothing was added. */
	@Nullable Double total() {
		return (this.numbers > 0) ? this.total.value() : null;
	}

	/**
	 * Return the share of these events among others: of the total where there is one to
	 * have a share of, else of the number.
	 * @param all the others, these included
	 * @return a number from 0 to 1, or {@code null} where there are no shares
	 */
	@Nullable Double shareOf(CallTally all) {
		if (this.summed == null) {
			return (double) this.weight / all.weight;
		}
		double whole = all.total.value();
		return (all.negative || whole <= 0) ? null : Double.valueOf(this.total.value() / whole);
	}

}
