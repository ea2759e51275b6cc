package dev.telemetry.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What the parts of a spec say, in words for people. */
public final class SpecWords {

	private SpecWords() {
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
	 * Say which events are kept.
	 * @param conditions what has to be true of them
	 * @return the conditions, or that there is none
	 */
	public static String conditions(List<SamplingCondition> conditions) {
		return conditions.isEmpty() ? "whatever is in it" : "only if "
				+ conditions.stream().map(SamplingCondition::toString).collect(Collectors.joining(", and if "));
	}

	/**
	 * Say how long an event is kept.
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
	 * Say what is kept of a property's values.
	 * @param property the property
	 * @return what becomes of them
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
	 * Say which values stand out.
	 * @param rule the rule, or {@code null}
	 * @return the bounds; empty when nobody looks
	 */
	public static String anomaly(@Nullable AnomalyRule rule) {
		if (rule == null || !rule.enabled()) {
			return "";
		}
		return rule.thresholds().stream().map(SpecWords::threshold).collect(Collectors.joining("; "));
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
