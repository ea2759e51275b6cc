package dev.telemetry.spec;

import java.util.Locale;

/**
 * One difference between two states of what is collected.
 *
 * @param kind what it means for whoever has said yes
 * @param event the event, empty for a spec as a whole
 * @param property the property, empty for the event as a whole
 * @param text what is different
 */
public record SpecChange(Kind kind, String event, String property, String text) {

	@Override
	public String toString() {
		String place = this.event + (this.property.isEmpty() ? "" : "/" + this.property);
		return this.kind.name().toLowerCase(Locale.ROOT) + ": " + (place.isEmpty() ? "" : place + ": ") + this.text;
	}

	/** What a difference means, as in a notice. */
	public enum Kind {

		/**
		 * More is collected, kept longer, or used for something else: it needs a new yes.
		 */
		WIDER,

		/** Less is collected, or kept for less long. */
		NARROWER,

		/** The same is said in other words. */
		REWORDED

	}

}
