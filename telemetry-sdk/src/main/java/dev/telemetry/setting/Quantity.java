package dev.telemetry.setting;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts with a unit, as Spring Boot's {@code DurationStyle} and {@code DataSize} read
 * them, so that a value means the same to the application and to the command line.
 */
final class Quantity {

	private static final Pattern AMOUNT = Pattern.compile("([+-]?[0-9]+)([a-zA-Z]{0,2})");

	private static final Pattern ISO_8601 = Pattern.compile("[+-]?[pP].*");

	private Quantity() {
	}

	/**
	 * Read a time such as {@code 10s} or {@code PT10S}; bare numbers are seconds.
	 * @throws IllegalArgumentException if it is none
	 * @throws java.time.DateTimeException if it is none
	 * @throws ArithmeticException if it is too long
	 */
	static Duration duration(String text) {
		if (ISO_8601.matcher(text).matches()) {
			return Duration.parse(text);
		}
		Matcher matcher = amount(text);
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
			case "ns" -> Duration.ofNanos(amount);
			case "us" -> Duration.ofNanos(Math.multiplyExact(amount, 1000L));
			case "ms" -> Duration.ofMillis(amount);
			case "", "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			case "d" -> Duration.ofDays(amount);
			default -> throw new IllegalArgumentException("unknown unit");
		};
	}

	/**
	 * Read a size such as {@code 10MB}; bare numbers are bytes.
	 * @throws IllegalArgumentException if it is none
	 * @throws ArithmeticException if it is too large
	 */
	static long bytes(String text) {
		Matcher matcher = amount(text.replaceAll("\\s", ""));
		long amount = Long.parseLong(matcher.group(1));
		return Math.multiplyExact(amount, switch (matcher.group(2)) {
			case "", "B" -> 1L;
			case "KB" -> 1L << 10;
			case "MB" -> 1L << 20;
			case "GB" -> 1L << 30;
			case "TB" -> 1L << 40;
			default -> throw new IllegalArgumentException("unknown unit");
		});
	}

	private static Matcher amount(String text) {
		Matcher matcher = AMOUNT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("no amount");
		}
		return matcher;
	}

}
