package dev.telemetry.command;

import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.ReportQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * One command as the user typed it.
 *
 * @param action what is requested
 * @param scope for {@link CommandAction#ENABLE}: {@code export} or "local"
 * @param notice for {@link CommandAction#ENABLE}: the hash of the notice agreed to
 * @param locale for {@link CommandAction#ENABLE}: the language in which the user saw it
 * @param json whether the answer is JSON rather than text; an export is always JSON
 * @param report for {@link CommandAction#REPORT}: what it counts
 */
@Internal
public record CommandRequest(CommandAction action, @Nullable String scope, @Nullable String notice,
		@Nullable String locale, boolean json, @Nullable ReportRequest report) {

	static final String COMMAND = "telemetry.command";

	private static final String SCOPE = "telemetry.scope";

	private static final String NOTICE = "telemetry.notice";

	private static final String LOCALE = "telemetry.locale";

	private static final String OUTPUT = "telemetry.output";

	private static final String SINCE = "telemetry.since";

	private static final String UNTIL = "telemetry.until";

	private static final String EVENT = "telemetry.event";

	private static final String BY = "telemetry.by";

	private static final String SUM = "telemetry.sum";

	private static final List<String> REPORT_ONLY = List.of(SINCE, UNTIL, EVENT, BY, SUM);

	/**
	 * Create a command of which it is not known that the user saw the notice; a report
	 * counts everything.
	 * @param action what is requested
	 * @param scope for {@link CommandAction#ENABLE}: {@code local} or {@code export}
	 * @param notice for {@link CommandAction#ENABLE}: the hash of the notice agreed to
	 * @param json whether the answer is JSON rather than text
	 */
	public CommandRequest(CommandAction action, @Nullable String scope, @Nullable String notice, boolean json) {
		this(action, scope, notice, null, json, (action == CommandAction.REPORT)
				? new ReportRequest(json ? ReportFormat.JSON : ReportFormat.TEXT, ReportQuery.ALL) : null);
	}

	/**
	 * Read the arguments of an application. Only they are looked at: a variable or a file
	 * never makes an application answer and end.
	 * @param arguments the arguments
	 * @return the command, or {@code null} when none is given
	 * @throws IllegalArgumentException if there is one that cannot be understood; the
	 * message says what would be
	 */
	static @Nullable CommandRequest parse(String... arguments) {
		SimpleCommandLinePropertySource options = new SimpleCommandLinePropertySource(arguments);
		if (!options.containsProperty(COMMAND)) {
			return null;
		}
		String word = one(options, COMMAND);
		@Nullable CommandAction action = (word != null) ? CommandAction.parse(word) : null;
		if (action == null) {
			throw new IllegalArgumentException("--" + COMMAND + " must be one of " + CommandAction.words());
		}
		String scope = one(options, SCOPE);
		String notice = one(options, NOTICE);
		String locale = one(options, LOCALE);
		if (action != CommandAction.ENABLE && (scope != null || notice != null || locale != null)) {
			throw new IllegalArgumentException(
					"--" + SCOPE + ", --" + NOTICE + " and --" + LOCALE + " belong to --" + COMMAND + "=enable only");
		}
		String output = one(options, OUTPUT);
		if (action == CommandAction.REPORT) {
			return ofReport(ReportRequest.of(output, one(options, SINCE), one(options, UNTIL),
					options.getProperty(EVENT), one(options, BY), one(options, SUM)));
		}
		if (REPORT_ONLY.stream().anyMatch(options::containsProperty)) {
			throw new IllegalArgumentException(
					"--" + String.join(", --", REPORT_ONLY) + " belong to --" + COMMAND + "=report only");
		}
		return new CommandRequest(action, scope, notice, locale, isJson(output), null);
	}

	static CommandRequest ofReport(ReportRequest report) {
		return new CommandRequest(CommandAction.REPORT, null, null, null, report.format() == ReportFormat.JSON, report);
	}

	/**
	 * Read the form of an answer.
	 * @param output {@code text} or {@code json}; without it text
	 * @return whether it is JSON
	 * @throws IllegalArgumentException if it is neither
	 */
	static boolean isJson(@Nullable String output) {
		if (output != null && !output.equals("text") && !output.equals("json")) {
			throw new IllegalArgumentException("the output must be text or json");
		}
		return "json".equals(output);
	}

	private static @Nullable String one(SimpleCommandLinePropertySource options, String name) {
		String value = options.getProperty(name);
		// Spring joins what is given more than once
		if (value != null && value.contains(",")) {
			throw new IllegalArgumentException("--" + name + " must be given once");
		}
		return value;
	}

}
