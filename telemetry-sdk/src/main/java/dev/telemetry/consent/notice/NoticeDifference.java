package dev.telemetry.consent.notice;

/**
 * One thing in which a later notice differs from an earlier one.
 *
 * @param kind whether it is more, less or only other
 * @param dimension in what they differ
 * @param event the event, empty where it is about none
 * @param property the property of the event, empty where it is about none
 * @param text what it is, in plain language
 */
public record NoticeDifference(Kind kind, NoticeDimension dimension, String event, String property, String text) {

	/**
	 * Return whether a grant that accepted the earlier notice does not cover this.
	 * @return {@code true} if more is collected, or for another purpose
	 */
	public boolean widens() {
		return this.kind == Kind.WIDER;
	}

	/** How notices can differ. */
	public enum Kind {

		/** More than was agreed to: consent must be requested again. */
		WIDER,

		/** Less than was agreed to. */
		NARROWER,

		/** Expressed differently. */
		REWORDED

	}

}
