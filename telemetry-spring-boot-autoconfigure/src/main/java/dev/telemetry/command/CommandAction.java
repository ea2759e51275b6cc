package dev.telemetry.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What can be asked of telemetry from a command line. */
public enum CommandAction {

	/** Say what telemetry does, and why. */
	STATUS,

	/** Say what a yes agrees to. */
	NOTICE,

	/** Record a yes. */
	ENABLE,

	/** Record a no. */
	DISABLE,

	/** Record a no and forget everything about this installation. */
	RESET,

	/** Print everything kept here about this installation. */
	EXPORT;

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
