package dev.telemetry.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

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
		System.exit(run(World.system(), args));
	}

	static int run(World world, String... args) {
		CommandLine line = new CommandLine(new TelemetryCli());
		commands(world).forEach(line::addSubcommand);
		line.setOut(world.outWriter());
		line.setErr(world.errWriter());
		line.setParameterExceptionHandler((ex, given) -> notUnderstood(world, ex));
		line.setExecutionExceptionHandler((ex, command, parsed) -> failed(world, ex));
		if (args.length == 0) {
			line.usage(world.errWriter());
			return CliCommand.USAGE;
		}
		return line.execute(args);
	}

	private static List<CliCommand> commands(World world) {
		return List.of(new LintCommand(world), new CreateCommand(world), new DocsCommand(world), new DiffCommand(world),
				new ReportCommand(world), new DoctorCommand(world), new ReplayCommand(world), new ScanCommand(world));
	}

	private static int notUnderstood(World world, ParameterException ex) {
		String name = ex.getCommandLine().getCommandSpec().qualifiedName();
		world.error(ex.getMessage() + "; see '" + name + " --help'");
		return CliCommand.USAGE;
	}

	private static int failed(World world, Exception ex) {
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
