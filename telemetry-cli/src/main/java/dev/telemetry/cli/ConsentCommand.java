package dev.telemetry.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What can be done about consent: show, deny and reset without the application, and grant
 * through it.
 */
@Command(name = "consent",
		description = "Show or deny what is recorded in the home of a tool, without the application, or let the application ask"
				+ " for a grant, since only it knows what it would collect",
		synopsisSubcommandLabel = "COMMAND")
final class ConsentCommand implements Runnable {

	@Spec
	@SuppressWarnings("NullAway.Init") // set by picocli
	private CommandSpec spec;

	static CommandLine of(CommandEnvironment world) {
		return new CommandLine(new ConsentCommand()).addSubcommand(new ConsentStatusCommand(world))
			.addSubcommand(new ConsentEnableCommand(world))
			.addSubcommand(new ConsentDisableCommand(world))
			.addSubcommand(new ConsentResetCommand(world));
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Missing command: status, enable, disable or reset");
	}

}
