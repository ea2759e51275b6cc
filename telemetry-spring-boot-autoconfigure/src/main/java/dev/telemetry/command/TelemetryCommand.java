package dev.telemetry.command;

import java.io.PrintStream;
import java.util.Objects;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Picocli's subcommand {@code telemetry}, for applications with a command line of their
 * own: {@code @Command(subcommands = TelemetryCommand.class)}, made by a factory that
 * knows Spring's beans. The exit codes are those of {@link TelemetryCommandRunner}.
 */
@Command(name = "telemetry", description = "See what telemetry does, and give or take back consent",
		mixinStandardHelpOptions = true)
public final class TelemetryCommand {

	private final TelemetryCommandRunner runner;

	private final PrintStream out;

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--output", paramLabel = "text|json", description = "The form of the answer",
			scope = ScopeType.INHERIT)
	private @Nullable String output;

	/**
	 * Create the subcommand.
	 * @param runner carries out the commands
	 */
	@Internal
	public TelemetryCommand(TelemetryCommandRunner runner) {
		this(runner, System.out);
	}

	TelemetryCommand(TelemetryCommandRunner runner, PrintStream out) {
		this.runner = runner;
		this.out = out;
	}

	@Command(description = "Say what telemetry does, and why")
	int status() {
		return run(CommandAction.STATUS, null, null);
	}

	@Command(description = "Show what consent covers")
	int notice() {
		return run(CommandAction.NOTICE, null, null);
	}

	@Command(description = "Say yes")
	int enable(@Option(names = "--scope", paramLabel = "local|export") @Nullable String scope,
			@Option(names = "--notice", paramLabel = "sha256:...") @Nullable String notice) {
		return run(CommandAction.ENABLE, scope, notice);
	}

	@Command(description = "Say no")
	int disable() {
		return run(CommandAction.DISABLE, null, null);
	}

	@Command(description = "Say no and forget everything about this installation")
	int reset() {
		return run(CommandAction.RESET, null, null);
	}

	@Command(description = "Print everything kept here about this installation, as JSON")
	int export() {
		return run(CommandAction.EXPORT, null, null);
	}

	@Command(description = "Count what the local log holds; --output also takes csv and html")
	int report(@Option(names = "--since", paramLabel = "TIME") @Nullable String since,
			@Option(names = "--until", paramLabel = "TIME") @Nullable String until,
			@Option(names = "--event", paramLabel = "NAME,...") @Nullable String event,
			@Option(names = "--by", paramLabel = "ATTRIBUTE") @Nullable String by,
			@Option(names = "--sum", paramLabel = "ATTRIBUTE") @Nullable String sum) {
		return run(() -> CommandRequest.ofReport(ReportRequest.of(this.output, since, until, event, by, sum)));
	}

	private int run(CommandAction action, @Nullable String scope, @Nullable String notice) {
		return run(() -> new CommandRequest(action, scope, notice, CommandRequest.isJson(this.output)));
	}

	private int run(Supplier<CommandRequest> request) {
		try {
			return this.runner.run(request.get(), this.out);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(), ex.getMessage());
		}
	}

}
