package dev.telemetry.spec;

import org.jspecify.annotations.Nullable;

/**
 * What an event means to people.
 *
 * @param what what happened
 * @param who who did it, or {@code null}
 * @param why why it is worth knowing, or {@code null}
 */
public record EventSemantics(String what, @Nullable String who, @Nullable String why) {

	public EventSemantics {
		if (what.isBlank()) {
			throw new IllegalArgumentException("'what' must not be blank");
		}
	}

}
