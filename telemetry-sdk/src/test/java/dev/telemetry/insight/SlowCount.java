package dev.telemetry.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Figures of a report as one would count them by hand: everything in memory, one figure
 * at a time.
 */
final class SlowCount {

	private final List<Line> lines;

	SlowCount(List<Line> lines) {
		this.lines = lines;
	}

	static SlowCount of(List<Line> log, ReportQuery query) {
		return new SlowCount(log.stream().filter((line) -> covers(query, line)).toList());
	}

	private static boolean covers(ReportQuery query, Line line) {
		Instant time = (line.time() != null) ? Instant.parse(line.time()) : null;
		Instant since = query.since();
		Instant until = query.until();
		return (query.events().isEmpty() || query.events().contains(line.name()))
				&& (since == null || (time != null && !time.isBefore(since)))
				&& (until == null || (time != null && time.isBefore(until)));
	}

	boolean isEmpty() {
		return this.lines.isEmpty();
	}

	SlowCount where(Predicate<Line> condition) {
		return new SlowCount(this.lines.stream().filter(condition).toList());
	}

	/** Split by a text, the parts ordered by it. */
	Map<String, SlowCount> by(Function<Line, @Nullable String> text) {
		Map<String, SlowCount> parts = new TreeMap<>();
		for (Line line : this.lines) {
			String name = text.apply(line);
			if (name != null) {
				parts.computeIfAbsent(name, (key) -> where((one) -> key.equals(text.apply(one))));
			}
		}
		return parts;
	}

	long count() {
		return this.lines.size();
	}

	BigDecimal estimated() {
		return this.lines.stream().map(Line::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	BigDecimal calls(boolean success) {
		return where((line) -> line.success() != null && line.success() == success).estimated();
	}

	@Nullable Double successRate() {
		double succeeded = calls(true).doubleValue();
		double known = succeeded + calls(false).doubleValue();
		return (known > 0) ? Double.valueOf(succeeded / known) : null;
	}

	/** The least duration that a share of all, by weight, does not exceed. */
	@Nullable Double percentile(String share) {
		SlowCount measured = where((line) -> line.duration() != null);
		BigDecimal wanted = measured.estimated().multiply(new BigDecimal(share));
		return measured.lines.stream()
			.map(Line::duration)
			.filter((candidate) -> measured.where((line) -> line.duration() <= candidate)
				.estimated()
				.compareTo(wanted) >= 0)
			.min(Double::compare)
			.map((least) -> least + 0.0)
			.orElse(null);
	}

	List<Double> durations() {
		List<Double> durations = new ArrayList<>();
		this.lines.stream().filter((line) -> line.duration() != null).forEach((line) -> durations.add(line.duration()));
		return durations;
	}

	@Nullable Double total() {
		return this.lines.stream()
			.filter((line) -> line.number() != null)
			.map((line) -> BigDecimal.valueOf(line.number()).multiply(line.weight()))
			.reduce(BigDecimal::add)
			.map(BigDecimal::doubleValue)
			.orElse(null);
	}

	boolean hasNegative() {
		return this.lines.stream().anyMatch((line) -> line.number() != null && line.number() < 0);
	}

	/**
	 * A line of a log.
	 *
	 * @param name the name of the event
	 * @param time when it happened
	 * @param rate its sampling rate
	 * @param duration how long it took
	 * @param success whether it succeeded
	 * @param error the class of its error
	 * @param group the attribute that makes groups, as it stands in JSON
	 * @param number the attribute that is added
	 */
	record Line(String name, @Nullable String time, @Nullable Double rate, @Nullable Double duration,
			@Nullable Boolean success, @Nullable String error, @Nullable Object group, @Nullable Double number) {

		/** For how many events it stands, to a millionth. */
		BigDecimal weight() {
			return (this.rate == null) ? BigDecimal.ONE
					: BigDecimal.valueOf(Math.round(1e6 / this.rate)).movePointLeft(6);
		}

		@Nullable String groupText() {
			return (this.group != null) ? this.group.toString() : null;
		}

		@Nullable String day() {
			return (this.time != null) ? this.time.substring(0, 10) : null;
		}

		String json() {
			List<String> attributes = new ArrayList<>();
			add(attributes, "duration_ms", this.duration);
			add(attributes, "success", this.success);
			add(attributes, "error", this.error);
			add(attributes, "plan", this.group);
			add(attributes, "items", this.number);
			List<String> fields = new ArrayList<>();
			add(fields, "name", this.name);
			add(fields, "timestamp_utc", this.time);
			fields.add("\"attrs\":{" + String.join(",", attributes) + "}");
			add(fields, "sampling_rate", this.rate);
			return "{" + String.join(",", fields) + "}";
		}

		private static void add(List<String> fields, String name, @Nullable Object value) {
			if (value != null) {
				fields.add("\"" + name + "\":" + ((value instanceof String text) ? quoted(text) : value));
			}
		}

		private static String quoted(String text) {
			StringBuilder quoted = new StringBuilder("\"");
			text.chars().forEach((c) -> quoted.append(String.format(Locale.ROOT, "\\u%04x", c)));
			return quoted.append('"').toString();
		}

	}

	static String plain(double number) {
		BigDecimal plain = BigDecimal.valueOf(number).stripTrailingZeros();
		return ((plain.scale() < 0) ? plain.setScale(0) : plain).toPlainString();
	}

	static String rounded(double number, int digits) {
		return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
	}

}
