package dev.telemetry.consent.gate;

import java.util.Locale;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How a value is read where a boolean is expected: trimmed, in any case.
 */
@Internal
public enum BooleanWord {

	/** Not there, or empty. */
	UNSET,

	/** {@code 1 true yes y on}. */
	TRUE,

	/** {@code 0 false no n off}. */
	FALSE,

	/** Anything else. */
	NEITHER;

	/**
	 * Read a value.
	 * @param value the value, or {@code null}
	 * @return how it is read
	 */
	public static BooleanWord of(@Nullable String value) {
		if (value == null || value.isBlank()) {
			return UNSET;
		}
		return switch (value.trim().toLowerCase(Locale.ROOT)) {
			case "1", "true", "yes", "y", "on" -> TRUE;
			case "0", "false", "no", "n", "off" -> FALSE;
			default -> NEITHER;
		};
	}

}
