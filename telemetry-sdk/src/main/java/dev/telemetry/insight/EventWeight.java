package dev.telemetry.insight;

import org.jspecify.annotations.Nullable;

/**
 * For how many events one in the log stands: as many as sampling left out beside it, and
 * itself. In millionths, so that the order in which events are added does not matter.
 */
final class EventWeight {

	/** An event that was not sampled stands for itself. */
	static final long ONE = 1_000_000;

	/** A log is untrusted: no sampling is thinner. */
	private static final double MIN_RATE = 0.000_001;

	private EventWeight() {
	}

	/**
	 * Return the weight of an event.
	 * @param rate the sampling rate that the log states, if any
	 * @return its weight in millionths; that of one event if the rate is none
	 */
	static long of(@Nullable Object rate) {
		return (rate instanceof Number number && isRate(number.doubleValue())) ? Math.round(ONE / number.doubleValue())
				: ONE;
	}

	private static boolean isRate(double rate) {
		return rate >= MIN_RATE && rate <= 1;
	}

	/** Add weights; what is too much for a number stays at the greatest. */
	static long add(long sum, long weight) {
		return (sum > Long.MAX_VALUE - weight) ? Long.MAX_VALUE : sum + weight;
	}

	static double events(long weight) {
		return (double) weight / ONE;
	}

}
