package dev.telemetry.invocation;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a command of picocli is called, in the words of its declaration: the names from
 * the root to it. Nothing that a user typed gets here, since an alias or an abbreviation
 * has led to a declaration before, or to none.
 */
final class CommandPath {

	/** What no declaration is known for. */
	static final String UNKNOWN = "unknown";

	/** The root of an application that does not name it. */
	static final String UNNAMED = "main";

	/** What picocli calls a command without a name. */
	private static final String WITHOUT_NAME = CommandSpec.create().name();

	private CommandPath() {
	}

	/**
	 * Return the name of the command that is to be executed.
	 * @param parsed what the user asked for
	 * @return the name; of several commands in a row that of the last
	 */
	static String of(ParseResult parsed) {
		ParseResult last = parsed;
		while (last.hasSubcommand()) {
			last = last.subcommand();
		}
		return of(last.commandSpec());
	}

	private static String of(CommandSpec command) {
		Deque<String> names = new ArrayDeque<>();
		for (@Nullable
		CommandSpec each = command; each != null; each = each.parent()) {
			if (!each.name().equals(WITHOUT_NAME)) {
				names.addFirst(each.name());
			}
		}
		return names.isEmpty() ? UNNAMED : String.join(" ", names);
	}

	/**
	 * Return the name of the command whose arguments were refused.
	 * @param refused says what was wrong
	 * @return the name, or {@link #UNKNOWN} if it is the name of the command itself that
	 * was not understood
	 */
	static String of(ParameterException refused) {
		CommandLine line = refused.getCommandLine();
		boolean command = !line.getSubcommands().isEmpty() && isWord(refused);
		return command ? UNKNOWN : of(line.getCommandSpec());
	}

	/** Whether it was neither an option nor the value of an argument that is declared. */
	private static boolean isWord(ParameterException refused) {
		if (refused instanceof UnmatchedArgumentException unmatched) {
			return !unmatched.isUnknownOption();
		}
		// An abbreviation that means several commands is an exception of no special kind
		return refused.getClass() == ParameterException.class && refused.getArgSpec() == null;
	}

}
