package dev.telemetry.spec;

/**
 * What happens to a property's value before an event is recorded, from nothing to
 * everything.
 */
public enum Redaction {

	/** Kept, but for the secrets that are recognised in text. */
	SECRETS,

	/** A number is rounded down to the width of its bucket. */
	BUCKET,

	/**
	 * Replaced by a pseudonym: a keyed hash with this installation's own secret. Equal
	 * values stay equal here and differ everywhere else.
	 */
	HASH,

	/** A text is replaced by {@code [redacted]}; a value of another type is dropped. */
	MASK,

	/** Dropped. */
	DROP

}
