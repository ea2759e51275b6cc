package dev.telemetry.consent.notice;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The phrases of one language. Patterns are not those of {@code MessageFormat}: a value
 * replaces its number in braces, everything else is as written, apostrophes too. Values
 * are inserted once, so that braces in a value mean nothing.
 */
final class NoticeMessages {

	private static final Pattern VALUE = Pattern.compile("\\{([0-9])}");

	private final Locale locale;

	private final List<ResourceBundle> bundles;

	/**
	 * Create messages.
	 * @param locale the language
	 * @param bundles the phrases; the first bundle that has one counts
	 */
	NoticeMessages(Locale locale, List<ResourceBundle> bundles) {
		this.locale = locale;
		this.bundles = bundles;
	}

	String language() {
		return this.locale.toLanguageTag();
	}

	String text(String key, String... values) {
		return VALUE.matcher(pattern(key)).replaceAll((match) -> Matcher.quoteReplacement(value(match, values)));
	}

	private static String value(MatchResult match, String[] values) {
		int number = Integer.parseInt(match.group(1));
		return (number < values.length) ? values[number] : match.group();
	}

	private String pattern(String key) {
		return this.bundles.stream()
			.filter((bundle) -> bundle.containsKey(key))
			.map((bundle) -> bundle.getString(key))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no phrase '" + key + "'"));
	}

	/** Return "a, b and c". */
	String all(List<String> values) {
		return joined("list.and", values);
	}

	/** Return "a, b or c". */
	String any(List<String> values) {
		return joined("list.or", values);
	}

	private String joined(String last, List<String> values) {
		if (values.isEmpty()) {
			return "";
		}
		String joined = values.get(0);
		for (int i = 1; i < values.size(); i++) {
			joined = text((i < values.size() - 1) ? "list.more" : last, joined, values.get(i));
		}
		return joined;
	}

	String number(double number) {
		NumberFormat format = NumberFormat.getNumberInstance(this.locale);
		format.setMaximumFractionDigits(4);
		return format.format(number);
	}

	String day(LocalDate day) {
		return DateTimeFormatter.ofPattern(text("date"), this.locale).format(day);
	}

	/** Return a time that events are stored, in the largest unit that is exact. */
	String duration(long seconds) {
		for (Unit unit : Unit.values()) {
			if (seconds % unit.seconds == 0) {
				long amount = seconds / unit.seconds;
				String key = "duration." + unit.name().toLowerCase(Locale.ROOT) + ((amount == 1) ? "" : "s");
				return text(key, number((double) amount));
			}
		}
		throw new IllegalStateException("Every duration is a number of seconds");
	}

	private enum Unit {

		DAY(86_400), HOUR(3_600), MINUTE(60), SECOND(1);

		private final long seconds;

		Unit(long seconds) {
			this.seconds = seconds;
		}

	}

}
