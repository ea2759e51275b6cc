package dev.telemetry.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Describes the parts of a spec as text for people. */
public final class SpecFormatter {

	private SpecFormatter() {
	}

	/**
	 * Write a constant as a word.
	 * @param constant one of a fixed set
	 * @return lower case, with spaces between words
	 */
	public static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * Shorten a text of unknown length, so that it can be quoted.
	 * @param text the text
	 * @return its beginning
	 */
	public static String shown(String text) {
		return (text.length() <= 40) ? text : text.substring(0, 40) + "…";
	}

	/**
	 * Write a number without exponent and without digits that say nothing.
	 * @param number the number
	 * @return its digits
	 */
	public static String number(double number) {
		return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

	/**
	 * Write a share of 1 in percent.
	 * @param share a number from 0 to 1
	 * @return percents
	 */
	public static String percent(double share) {
		return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
	}

	/**
	 * Describe which events are recorded.
	 * @param conditions what has to be true of them
	 * @return the conditions, or that there is none
	 */
	public static String conditions(List<SamplingCondition> conditions) {
		return conditions.isEmpty() ? "whatever is in it" : "only if "
				+ conditions.stream().map(SamplingCondition::toString).collect(Collectors.joining(", and if "));
	}

	/**
	 * Describe how long an event is stored.
	 * @param retention the retention, or {@code null} for that of the log
	 * @return how long, and what happens then
	 */
	public static String retention(@Nullable EventRetention retention) {
		if (retention == null) {
			return "as long as the local log";
		}
		String then = (retention.policy() == EventRetention.Policy.DELETE) ? "then deleted" : "then archived here";
		return retention.days() + ((retention.days() == 1) ? " day, " : " days, ") + then;
	}

	/**
	 * Describe what is recorded of a property's values.
	 * @param property the property
	 * @return what happens to them
	 */
	public static String kept(PropertyDefinition property) {
		return switch (property.redaction()) {
			case SECRETS -> "the value, without secrets";
			case BUCKET -> "rounded down to a multiple of " + number(property.bucket());
			case HASH -> "a pseudonym, another one on each installation";
			case MASK -> "only that there was one";
			case DROP -> "nothing";
		};
	}

	/**
	 * Say which values a property may have.
	 * @param property the property
	 * @return the values or their bounds; empty when any will do
	 */
	public static String values(PropertyDefinition property) {
		if (!property.values().isEmpty()) {
			return String.join(", ", property.values());
		}
		return range(property.min(), property.max());
	}

	private static String range(@Nullable Double min, @Nullable Double max) {
		List<String> parts = new ArrayList<>();
		if (min != null) {
			parts.add("from " + number(min));
		}
		if (max != null) {
			parts.add("to " + number(max));
		}
		return String.join(" ", parts);
	}

	/**
	 * Describe which values are anomalies.
	 * @param rule the rule, or {@code null}
	 * @return the bounds; empty when values are not watched
	 */
	public static String anomaly(@Nullable AnomalyRule rule) {
		if (rule == null || !rule.enabled()) {
			return "";
		}
		return rule.thresholds().stream().map(SpecFormatter::threshold).collect(Collectors.joining("; "));
	}

	private static String threshold(AnomalyThreshold threshold) {
		List<String> parts = new ArrayList<>();
		if (threshold.min() != null) {
			parts.add("below " + number(threshold.min()));
		}
		if (threshold.max() != null) {
			parts.add("above " + number(threshold.max()));
		}
		if (threshold.percentChange() != null) {
			parts.add("more than " + number(threshold.percentChange()) + " % away from its average");
		}
		return threshold.metric() + " " + String.join(" or ", parts);
	}

}
