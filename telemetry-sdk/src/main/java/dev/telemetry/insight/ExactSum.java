package dev.telemetry.insight;

import java.math.BigDecimal;

/**
 * A sum of weighted numbers without rounding: the same in whatever order they come.
 */
final class ExactSum {

	private static final double MICRO = 1e6;

	/** Up to here a double tells millionths apart. */
	private static final double MAX_MICROS = 1e15;

	/** What most numbers add up to: in millionths of millionths. */
	private long small;

	private BigDecimal large = BigDecimal.ZERO;

	/**
	 * Add a number.
	 * @param value the number, finite
	 * @param weight its weight in millionths
	 */
	void add(double value, long weight) {
		double micros = Math.rint(value * MICRO);
		if (Math.abs(micros) > MAX_MICROS || micros / MICRO != value) {
			this.large = this.large.add(BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(weight, 6)));
			return;
		}
		long whole = (long) micros;
		if (Math.multiplyHigh(whole, weight) != (whole * weight) >> 63) {
			this.large = this.large.add(BigDecimal.valueOf(whole, 6).multiply(BigDecimal.valueOf(weight, 6)));
			return;
		}
		addSmall(whole * weight);
	}

	private void addSmall(long product) {
		long sum = this.small + product;
		if (((this.small ^ sum) & (product ^ sum)) < 0) {
			this.large = this.large.add(BigDecimal.valueOf(this.small, 12));
			sum = product;
		}
		this.small = sum;
	}

	/** Return the sum, rounded once. */
	double value() {
		return exact().doubleValue();
	}

	private BigDecimal exact() {
		return this.large.add(BigDecimal.valueOf(this.small, 12));
	}

}
