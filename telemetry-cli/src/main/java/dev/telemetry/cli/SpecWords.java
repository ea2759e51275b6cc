package dev.telemetry.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.PropertyDefinition;
import org.jspecify.annotations.Nullable;

/** What the parts of a spec say, in words for people. */
final class SpecWords {

	private SpecWords() {
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/** Write a number without exponent and without digits that say nothing. */
	static String number(double number) {
		return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

	/** Write a share of 1 in percent. */
	static String percent(double share) {
		return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
	}

	static String retention(@Nullable EventRetention retention) {
		if (retention == null) {
			return "as long as the local log";
		}
		String then = (retention.policy() == EventRetention.Policy.DELETE) ? "then deleted" : "then archived here";
		return retention.days() + ((retention.days() == 1) ? " day, " : " days, ") + then;
	}

	/** Say what is kept of a property's values. */
	static String kept(PropertyDefinition property) {
		return switch (property.redaction()) {
			case SECRETS -> "the value, without secrets";
			case BUCKET -> "rounded down to a multiple of " + number(property.bucket());
			case HASH -> "a pseudonym, another one on each installation";
			case MASK -> "only that there was one";
			case DROP -> "nothing";
		};
	}

	/** Say which values a property may have; empty when any will do. */
	static String values(PropertyDefinition property) {
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

	/** Say which values stand out; empty when nobody looks. */
	static String anomaly(@Nullable AnomalyRule rule) {
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

	static String orEmpty(@Nullable String text) {
		return Objects.requireNonNullElse(text, "");
	}

}
