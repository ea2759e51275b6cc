package dev.telemetry.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/** Writes numbers, in every language alike. */
final class ReportNumbers {

	private ReportNumbers() {
	}

	static String rounded(double number, int digits) {
		return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
	}

	/** Write a number as it is, without an exponent. */
	static String plain(double number) {
		BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
		return ((exact.scale() < 0) ? exact.setScale(0) : exact).toPlainString();
	}

	static String plainOrEmpty(@Nullable Double number) {
		return (number != null) ? plain(number) : "";
	}

	static String percent(@Nullable Double share) {
		return (share != null) ? rounded(share * 100, 1) + " %" : "";
	}

	/** Write a total: as it is if it is whole. */
	static String total(@Nullable Double number) {
		if (number == null) {
			return "";
		}
		return (number == Math.rint(number)) ? plain(number) : rounded(number, 3);
	}

	/** Return how long a bar is. */
	static int bar(double value, double greatest, int width) {
		return (greatest > 0 && value > 0) ? (int) Math.max(1, Math.round(value / greatest * width)) : 0;
	}

}
