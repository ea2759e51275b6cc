package dev.telemetry.spec.diff;

import java.util.Locale;

import dev.telemetry.consent.notice.NoticeDifference.Kind;

/**
 * One difference between two states of what is collected.
 *
 * @param kind what it means for users who have granted consent
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

}
