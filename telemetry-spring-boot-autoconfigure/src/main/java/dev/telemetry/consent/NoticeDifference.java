package dev.telemetry.consent;

/**
 * One thing in which a later notice differs from an earlier one.
 *
 * @param kind whether it is more, less or only other
 * @param text what it is, in plain words
 */
public record NoticeDifference(Kind kind, String text) {

	/**
	 * Return whether a yes to the earlier notice does not reach this far.
	 * @return {@code true} if more is collected, or for another purpose
	 */
	public boolean widens() {
		return this.kind == Kind.WIDER;
	}

	/** How notices can differ. */
	public enum Kind {

		/** More than was agreed to: a yes has to be asked for again. */
		WIDER,

		/** Less than was agreed to. */
		NARROWER,

		/** Said differently. */
		REWORDED

	}

}
