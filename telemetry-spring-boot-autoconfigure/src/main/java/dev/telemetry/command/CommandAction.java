package dev.telemetry.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/** What can be asked of telemetry from a command line. */
@Internal
public enum CommandAction {

	/** Say what telemetry does, and why. */
	STATUS,

	/** Show what consent covers. */
	NOTICE,

	/** Record that consent is granted. */
	ENABLE,

	/** Record that consent is denied or withdrawn. */
	DISABLE,

	/** Record a denial and forget everything about this installation. */
	RESET,

	/** Print everything stored here about this installation. */
	EXPORT,

	/** Count what the local log holds. */
	REPORT;

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	static @Nullable CommandAction parse(String word) {
		return Arrays.stream(values()).filter((action) -> action.word().equals(word)).findFirst().orElse(null);
	}

	static String words() {
		return Arrays.stream(values()).map(CommandAction::word).collect(Collectors.joining(", "));
	}

}
