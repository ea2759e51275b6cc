package dev.telemetry.consent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A property of an event, as a notice names it.
 *
 * @param name the key of the attribute
 * @param type the type of its values, for example {@code string}
 * @param privacy how personal they are: {@code public}, {@code internal}, {@code pii} or
 * {@code sensitive}
 * @param redaction what becomes of them: {@code drop}, {@code value} when all of it is
 * replaced by a mask, {@code hash} when it is by a pseudonym, {@code bucket} when numbers
 * are rounded down, {@code secrets} when what is recognised in it is replaced, or
 * {@code none}
 * @param bucket to multiples of what numbers are rounded down, a decimal above 0; only
 * for {@code bucket}
 */
public record NoticeProperty(String name, String type, String privacy, String redaction, @Nullable String bucket) {

	/** The smallest double has as many decimals, and more. */
	private static final int MAX_LENGTH = 1100;

	private static final String OR = " or ";

	public NoticeProperty {
		NoticeWords.PRIVACY.known(privacy);
		NoticeWords.REDACTION.known(redaction);
		if (redaction.equals(NoticeWords.BUCKET) ? bucket == null || !isWidth(bucket) : bucket != null) {
			throw new IllegalArgumentException("'bucket' must be a number above 0, for buckets only");
		}
	}

	/**
	 * Create a property whose numbers are not put into buckets.
	 * @param name the key of the attribute
	 * @param type the type of its values
	 * @param privacy how personal they are
	 * @param redaction what becomes of them
	 */
	public NoticeProperty(String name, String type, String privacy, String redaction) {
		this(name, type, privacy, redaction, null);
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
		return new NoticeProperty(name, type, privacy, NoticeWords.BUCKET,
				BigDecimal.valueOf(width).stripTrailingZeros().toPlainString());
	}

	/** A number has one spelling, or equal notices would have different hashes. */
	private static boolean isWidth(String bucket) {
		// An exponent would make a short text a number of any length
		if (bucket.length() > MAX_LENGTH || !bucket.chars().allMatch((c) -> c == '.' || (c >= '0' && c <= '9'))) {
			return false;
		}
		try {
			BigDecimal width = new BigDecimal(bucket);
			return width.signum() > 0 && width.stripTrailingZeros().toPlainString().equals(bucket);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	/**
	 * Unite two declarations of one property, of different versions of an event.
	 * @param other the other one
	 * @return a property that says at least what each of them says
	 */
	NoticeProperty unite(NoticeProperty other) {
		Set<String> all = new TreeSet<>(List.of(this.type.split(OR)));
		all.addAll(List.of(other.type.split(OR)));
		String types = String.join(OR, all);
		String privacyOfBoth = NoticeWords.PRIVACY.wider(this.privacy, other.privacy);
		String redactionOfBoth = NoticeWords.REDACTION.wider(this.redaction, other.redaction);
		if (!redactionOfBoth.equals(NoticeWords.BUCKET)) {
			return new NoticeProperty(this.name, types, privacyOfBoth, redactionOfBoth);
		}
		if (this.bucket == null || other.coversBucketOf(this)) {
			return new NoticeProperty(this.name, types, privacyOfBoth, redactionOfBoth, other.bucket);
		}
		return (other.bucket == null || coversBucketOf(other))
				? new NoticeProperty(this.name, types, privacyOfBoth, redactionOfBoth, this.bucket)
				: new NoticeProperty(this.name, types, privacyOfBoth, "secrets");
	}

	/** Return whether who knows our bucket of a number knows the other one's. */
	boolean coversBucketOf(NoticeProperty other) {
		if (this.bucket == null || other.bucket == null) {
			return this.bucket == null && other.bucket == null;
		}
		return new BigDecimal(other.bucket).remainder(new BigDecimal(this.bucket)).signum() == 0;
	}

}
