package dev.telemetry.command;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import dev.telemetry.consent.notice.NoticeLanguages;
import org.jspecify.annotations.Nullable;

/** The language of the user at the terminal. */
final class TerminalLanguage {

	private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

	private TerminalLanguage() {
	}

	/**
	 * Find it by the variables of the terminal; without them, as on Windows, by what the
	 * JVM found out about the user.
	 */
	static List<Locale> find(UnaryOperator<@Nullable String> environment) {
		if (VARIABLES.stream().map(environment).allMatch((value) -> value == null || value.isBlank())) {
			return List.of(Locale.getDefault(Locale.Category.DISPLAY));
		}
		return NoticeLanguages.ofTerminal(environment.apply("LC_ALL"), environment.apply("LC_MESSAGES"),
				environment.apply("LANG"));
	}

}
