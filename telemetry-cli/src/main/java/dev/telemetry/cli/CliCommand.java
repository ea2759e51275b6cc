package dev.telemetry.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands have in common. */
@Command(sortOptions = false, exitCodeListHeading = "Exit codes:%n", usageHelpAutoWidth = true)
abstract class CliCommand implements Callable<Integer> {

	/** Done, and nothing was found. */
	static final int DONE = 0;

	/** Done, and something was found. */
	static final int FOUND = 1;

	/** The command or a file cannot be understood, read or written. */
	static final int USAGE = 2;

	/** A mistake of ours. */
	static final int MISTAKE = 3;

	private final CommandEnvironment world;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help")
	@SuppressWarnings("unused") // asked by picocli
	private boolean help;

	@Option(names = "--output", paramLabel = "text|json", description = "The form of the answer", defaultValue = "text")
	private Form form = Form.text;

	CliCommand(CommandEnvironment world) {
		this.world = world;
	}

	CommandEnvironment world() {
		return this.world;
	}

	boolean json() {
		return this.form == Form.json;
	}

	/** The forms of an answer, named as they are written. */
	enum Form {

		text, json

	}

}
