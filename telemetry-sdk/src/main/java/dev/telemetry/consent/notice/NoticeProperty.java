package dev.telemetry.consent.notice;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * A property of an event, as a notice names it.
 *
 * @param name the key of the attribute
 * @param type the type of its values, for example {@code string}
 * @param privacy how personal they are: {@code public}, {@code internal}, {@code pii} or
 * {@code sensitive}
 * @param redaction what becomes of them: {@code drop}, "value" when all of it is replaced
 * by a mask, {@code hash} when it is by a pseudonym, {@code bucket} when numbers are
 * rounded down, {@code secrets} when what is recognised in it is replaced, or
 * {@code none}
 * @param bucket to multiples of what numbers are rounded down, a decimal above 0; only
 * for {@code bucket}
 * @param required whether an event without it is refused
 * @param values the only values it may have, in alphabetical order; empty for any
 * @param min the least it may be, a decimal, or {@code null} without a bound
 * @param max the most it may be, a decimal, or {@code null} without a bound
 */
public record NoticeProperty(String name, String type, String privacy, String redaction, @Nullable String bucket,
		boolean required, List<String> values, @Nullable String min, @Nullable String max) {

	/** The smallest double has as many decimals, and more. */
	private static final int MAX_LENGTH = 1100;

	private static final String OR = " or ";

	public NoticeProperty {
		PrivacyOrder.PRIVACY.known(privacy);
		PrivacyOrder.REDACTION.known(redaction);
		boolean wide = bucket != null && isDecimal(bucket) && new BigDecimal(bucket).signum() > 0;
		if (redaction.equals(PrivacyOrder.BUCKET) ? !wide : bucket != null) {
			throw new IllegalArgumentException("'bucket' must be a number above 0, for buckets only");
		}
		if ((min != null && !isDecimal(min)) || (max != null && !isDecimal(max))) {
			throw new IllegalArgumentException("'min' and 'max' must be numbers");
		}
		values = values.stream().distinct().sorted().toList();
	}

	/**
	 * Create a property that may have any value of its type, and whose numbers are not
	 * put into buckets.
	 * @param name the key of the attribute
	 * @param type the type of its values
	 * @param privacy how personal they are
	 * @param redaction what becomes of them
	 */
	public NoticeProperty(String name, String type, String privacy, String redaction) {
		this(name, type, privacy, redaction, null, false, List.of(), null, null);
	}

	/**
	 * Create a property whose numbers are put into buckets.
	 * @param name the key of the attribute
	 * @param type the type of its values
	 * @param privacy how personal they are
	 * @param width the width of a bucket
	 * @return the property
	 */
	public static NoticeProperty bucket(String name, String type, String privacy, double width) {
		return new NoticeProperty(name, type, privacy, PrivacyOrder.BUCKET, decimal(width), false, List.of(), null,
				null);
	}

	/** Describe a property as it is declared. */
	static NoticeProperty of(PropertyDefinition property) {
		Double min = property.min();
		Double max = property.max();
		return new NoticeProperty(property.name(), PrivacyOrder.of(property.type()),
				PrivacyOrder.of(property.privacy()),
				(property.redaction() == Redaction.MASK) ? "value" : PrivacyOrder.of(property.redaction()),
				(property.redaction() == Redaction.BUCKET) ? decimal(property.bucket()) : null, property.required(),
				property.values(), (min != null) ? decimal(min) : null, (max != null) ? decimal(max) : null);
	}

	private static String decimal(double number) {
		return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

	/** A number has one spelling, or equal notices would have different hashes. */
	private static boolean isDecimal(String number) {
		// An exponent would make a short text a number of any length
		if (number.length() > MAX_LENGTH
				|| !number.chars().allMatch((c) -> c == '.' || c == '-' || (c >= '0' && c <= '9'))) {
			return false;
		}
		try {
			return new BigDecimal(number).stripTrailingZeros().toPlainString().equals(number);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	/** Leave out what the first format does not say: all of that is at its widest. */
	NoticeProperty inFirstFormat() {
		return new NoticeProperty(this.name, this.type, this.privacy, this.redaction, this.bucket, false, List.of(),
				null, null);
	}

	NoticeProperty optional() {
		return new NoticeProperty(this.name, this.type, this.privacy, this.redaction, this.bucket, false, this.values,
				this.min, this.max);
	}

	/**
	 * Unite two declarations of one property, of different versions of an event.
	 * @param other the other one
	 * @return a property that says at least what each of them says
	 */
	NoticeProperty unite(NoticeProperty other) {
		Set<String> types = new TreeSet<>(List.of(this.type.split(OR)));
		types.addAll(List.of(other.type.split(OR)));
		String redactionOfBoth = PrivacyOrder.REDACTION.wider(this.redaction, other.redaction);
		String bucketOfBoth = redactionOfBoth.equals(PrivacyOrder.BUCKET) ? bucketOfBoth(other) : null;
		return new NoticeProperty(this.name, String.join(OR, types),
				PrivacyOrder.PRIVACY.wider(this.privacy, other.privacy),
				(redactionOfBoth.equals(PrivacyOrder.BUCKET) && bucketOfBoth == null) ? "secrets" : redactionOfBoth,
				bucketOfBoth, this.required && other.required, valuesOfBoth(other),
				boundOfBoth(this.min, other.min, BigDecimal::min), boundOfBoth(this.max, other.max, BigDecimal::max));
	}

	/** Of two buckets of which none covers the other each tells more: then both do. */
	private @Nullable String bucketOfBoth(NoticeProperty other) {
		if (this.bucket == null || other.bucket == null) {
			return Objects.requireNonNullElse(this.bucket, other.bucket);
		}
		return other.coversBucketOf(this) ? other.bucket : coversBucketOf(other) ? this.bucket : null;
	}

	private List<String> valuesOfBoth(NoticeProperty other) {
		Set<String> all = new TreeSet<>(this.values);
		all.addAll(other.values);
		return (this.values.isEmpty() || other.values.isEmpty()) ? List.of() : List.copyOf(all);
	}

	private static @Nullable String boundOfBoth(@Nullable String one, @Nullable String other,
			BinaryOperator<BigDecimal> wider) {
		return (one != null && other != null) ? wider.apply(new BigDecimal(one), new BigDecimal(other)).toPlainString()
				: null;
	}

	/** Return whether the bucket of a number here determines the bucket of the other. */
	boolean coversBucketOf(NoticeProperty other) {
		if (this.bucket == null || other.bucket == null) {
			return this.bucket == null && other.bucket == null;
		}
		return new BigDecimal(other.bucket).remainder(new BigDecimal(this.bucket)).signum() == 0;
	}

	/** Return whether all that the other one may be is among what this one may. */
	boolean coversValuesOf(NoticeProperty other) {
		return this.values.isEmpty() || (!other.values.isEmpty() && Set.copyOf(this.values).containsAll(other.values));
	}

	boolean coversMinOf(NoticeProperty other) {
		return this.min == null
				|| (other.min != null && new BigDecimal(other.min).compareTo(new BigDecimal(this.min)) >= 0);
	}

	boolean coversMaxOf(NoticeProperty other) {
		return this.max == null
				|| (other.max != null && new BigDecimal(other.max).compareTo(new BigDecimal(this.max)) <= 0);
	}

}
