package dev.telemetry.autoconfigure;

import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

/**
 * The text of one property as the binder gets it. It is not a {@link String}, so that no
 * converter but ours takes it and no exception or log of Spring's can quote it, which may
 * be a secret.
 */
final class SettingText {

	private final Property property;

	private final String text;

	private final String origin;

	private final boolean strayLineBreak;

	private final @Nullable WrongValueException wrong;

	private SettingText(Property property, String text, String origin, boolean strayLineBreak,
			@Nullable WrongValueException wrong) {
		this.property = property;
		this.text = text;
		this.origin = origin;
		this.strayLineBreak = strayLineBreak;
		this.wrong = wrong;
	}

	static SettingText of(Property property, String text, String origin, boolean strayLineBreak) {
		return new SettingText(property, text, origin, strayLineBreak, null);
	}

	static SettingText wrong(Property property, String origin, WrongValueException wrong) {
		return new SettingText(property, "", origin, false, wrong);
	}

	/**
	 * Convert the text.
	 * @return the value
	 * @throws WrongValueException if it is none
	 */
	Object value() {
		if (this.wrong != null) {
			throw this.wrong;
		}
		return this.property.parser().parse(this.text);
	}

	/** Return where the text is written. */
	String origin() {
		return this.origin;
	}

	/** Return whether a secret came with a line break, which is left out. */
	boolean hasStrayLineBreak() {
		return this.strayLineBreak;
	}

	@Override
	public String toString() {
		return this.property.name() + " (" + this.origin + ")";
	}

}
