package dev.telemetry.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. What a user did wrong is one message on standard error and exit code
 * 2, never a stack trace; standard output holds the answer and nothing else.
 */
@Command(name = "telemetry-cli", description = "Work on what an application may collect, without the application",
		mixinStandardHelpOptions = true, versionProvider = TelemetryCli.Version.class,
		synopsisSubcommandLabel = "COMMAND")
public final class TelemetryCli {

	/** Kept, or its level would be forgotten. What it says, the answers say. */
	private static final Logger LOGGER = Logger.getLogger("dev.telemetry");

	private TelemetryCli() {
	}

	/**
	 * Carry out a command and end with its exit code.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		LOGGER.setLevel(Level.OFF);
		System.exit(run(CommandEnvironment.system(), args));
	}

	static int run(CommandEnvironment world, String... args) {
		CommandLine line = new CommandLine(new TelemetryCli());
		commands(world).forEach(line::addSubcommand);
		line.addSubcommand(ConsentCommand.of(world));
		line.addSubcommand(new HelpCommand());
		line.addSubcommand(new GenerateCompletion());
		line.setOut(world.outWriter());
		line.setErr(world.errWriter());
		line.setParameterExceptionHandler((ex, given) -> notUnderstood(world, ex));
		line.setExecutionExceptionHandler((ex, command, parsed) -> failed(world, ex));
		if (args.length == 0) {
			line.usage(world.errWriter());
			return CliCommand.USAGE;
		}
		return world.exitCode(line.execute(args));
	}

	private static List<CliCommand> commands(CommandEnvironment world) {
		return List.of(new LintCommand(world), new CreateCommand(world), new DocsCommand(world), new DiffCommand(world),
				new ReportCommand(world), new DoctorCommand(world), new ReplayCommand(world), new ScanCommand(world),
				new InitCommand(world), new SchemaCommand(world));
	}

	private static int notUnderstood(CommandEnvironment world, ParameterException ex) {
		String name = ex.getCommandLine().getCommandSpec().qualifiedName();
		world.error(ex.getMessage() + suggestion(ex) + "; see '" + name + " --help'");
		return CliCommand.USAGE;
	}

	private static String suggestion(ParameterException ex) {
		List<String> similar = (ex instanceof UnmatchedArgumentException unmatched) ? unmatched.getSuggestions()
				: List.of();
		return similar.isEmpty() ? "" : "; did you mean '" + String.join("' or '", similar) + "'?";
	}

	private static int failed(CommandEnvironment world, Exception ex) {
		if (ex instanceof UserException) {
			world.error(String.valueOf(ex.getMessage()));
			return CliCommand.USAGE;
		}
		world.error("This is a mistake in telemetry-cli, please report it: " + ex);
		return CliCommand.MISTAKE;
	}

	/** Says which version this is, as the jar knows it. */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			@Nullable String version = TelemetryCli.class.getPackage().getImplementationVersion();
			return new String[] { "telemetry-cli " + ((version != null) ? version : "(not packaged)") };
		}

	}

}
