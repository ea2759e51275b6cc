package dev.telemetry.insight;

import org.jspecify.annotations.Nullable;

/**
 * What the local log says about the events of one name that have the same value of an
 * attribute. All figures but {@code count} stand for the events before sampling.
 *
 * @param kind which events these are
 * @param value the value as text; empty unless there is one
 * @param count how many there are in the log
 * @param estimated how many there were before sampling
 * @param succeeded how many calls succeeded
 * @param failed how many calls did not
 * @param durations how long calls took, or {@code null} when none says so
 * @param total what the numbers of an attribute add up to, or {@code null} when nothing
 * was to be added
 * @param share the share of the total, or, when nothing is added, of the number of
 * events: from 0 to 1; {@code null} where a total has no shares, since not all numbers
 * are positive
 */
public record GroupUsage(Kind kind, String value, long count, double estimated, double succeeded, double failed,
		@Nullable DurationSummary durations, @Nullable Double total, @Nullable Double share) {

	static GroupUsage of(Kind kind, String value, CallTally tally, CallTally all) {
		return new GroupUsage(kind, value, tally.count(), tally.estimated(), tally.succeeded(), tally.failed(),
				tally.durations().summary(), tally.total(), tally.shareOf(all));
	}

	/**
	 * Return the share of calls that succeeded.
	 * @return a number from 0 to 1, or {@code null} when no call says whether it did
	 */
	public @Nullable Double successRate() {
		return EventUsage.rate(this.succeeded, this.failed);
	}

	/** Which events are in a group. */
	public enum Kind {

		/** Those with one value. */
		VALUE,

		/** Those with values that came when there were groups enough. */
		OTHER,

		/** Those without the attribute. */
		WITHOUT

	}

}
