package dev.telemetry.invocation;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Records each command that picocli executes, by its declared name, with its exit code
 * and never with its arguments: {@code commandLine.setExecutionStrategy(strategy)}, or
 * {@link #applyTo} to record also what the parser refuses and to keep a strategy of your
 * own. The commands themselves, their output and their exit codes stay as they are. A
 * bean where {@code telemetry.command-events.enabled} is set; a {@link CommandLine} that
 * is a bean needs nothing, it is applied to by itself.
 */
public final class TelemetryExecutionStrategy implements IExecutionStrategy {

	private final CommandRecording recording;

	private final IExecutionStrategy delegate;

	private final FailedExecutions failed;

	/**
	 * Create a strategy that does what picocli does by default.
	 * @param recording records executions
	 */
	@Internal
	public TelemetryExecutionStrategy(CommandRecording recording) {
		this(recording, new RunLast(), new FailedExecutions(recording));
	}

	private TelemetryExecutionStrategy(CommandRecording recording, IExecutionStrategy delegate,
			FailedExecutions failed) {
		this.recording = recording;
		this.delegate = delegate;
		this.failed = failed;
	}

	/**
	 * Record what is executed by a command line, and what its parser refuses. Call this
	 * when its strategy and its handlers of exceptions are set: they do their work as
	 * before.
	 * @param commandLine the command line, with its subcommands
	 * @return the command line
	 */
	public CommandLine applyTo(CommandLine commandLine) {
		Map<CommandLine, IExecutionStrategy> strategies = new LinkedHashMap<>();
		collect(commandLine, strategies);
		// What is set is set for all subcommands as well: those that follow get theirs
		// back
		strategies.forEach(CommandLine::setExecutionStrategy);
		this.failed.watch(commandLine);
		return commandLine;
	}

	private void collect(CommandLine commandLine, Map<CommandLine, IExecutionStrategy> strategies) {
		IExecutionStrategy strategy = commandLine.getExecutionStrategy();
		strategies.put(commandLine, (strategy instanceof TelemetryExecutionStrategy) ? strategy
				: new TelemetryExecutionStrategy(this.recording, strategy, this.failed));
		commandLine.getSubcommands().values().forEach((subcommand) -> collect(subcommand, strategies));
	}

	@Override
	public int execute(ParseResult parseResult) throws ExecutionException, ParameterException {
		CommandExecution execution = this.recording.begin(() -> CommandPath.of(parseResult));
		return (execution != null) ? execute(parseResult, execution) : this.delegate.execute(parseResult);
	}

	private int execute(ParseResult parseResult, CommandExecution execution) {
		try {
			int exitCode = this.delegate.execute(parseResult);
			execution.ended(exitCode);
			return exitCode;
		}
		catch (ParameterException | ExecutionException ex) {
			// What becomes of these is for the handlers of the command line to say
			this.failed.add(parseResult.commandSpec().commandLine(), execution, ex);
			throw ex;
		}
		catch (RuntimeException ex) {
			execution.failed(ExitCodes.ofFailure(ex, parseResult.commandSpec().commandLine()), ex);
			throw ex;
		}
		catch (Error ex) {
			// Picocli lets it through
			execution.failed(ExitCodes.UNCAUGHT, ex);
			throw ex;
		}
	}

	/** Learns from the handlers of a command line which exit code a failure becomes. */
	private static final class FailedExecutions {

		private final CommandRecording recording;

		/** Handlers are called by the thread that executes, right after. */
		@SuppressWarnings("ThreadLocalUsage") // one for each strategy; taking empties it
		private final ThreadLocal<@Nullable FailedExecution> current = new ThreadLocal<>();

		FailedExecutions(CommandRecording recording) {
			this.recording = recording;
		}

		void add(@Nullable CommandLine commandLine, CommandExecution execution, RuntimeException failure) {
			this.current.set(new FailedExecution(execution, failure));
			if (commandLine != null) {
				watch(commandLine);
			}
		}

		@Nullable CommandExecution take(Exception failure) {
			FailedExecution last = this.current.get();
			if (last == null || !last.isFor(failure)) {
				return null;
			}
			this.current.remove();
			return last.execution();
		}

		/** The handlers that are set now go on to decide; watched ones stay. */
		void watch(CommandLine commandLine) {
			try {
				Map<CommandLine, IExecutionExceptionHandler> failures = new LinkedHashMap<>();
				Map<CommandLine, IParameterExceptionHandler> refusals = new LinkedHashMap<>();
				collect(commandLine, failures, refusals);
				failures.forEach(CommandLine::setExecutionExceptionHandler);
				refusals.forEach(CommandLine::setParameterExceptionHandler);
			}
			catch (RuntimeException ex) {
				this.recording.failed(ex);
			}
		}

		private void collect(CommandLine commandLine, Map<CommandLine, IExecutionExceptionHandler> failures,
				Map<CommandLine, IParameterExceptionHandler> refusals) {
			IExecutionExceptionHandler failure = commandLine.getExecutionExceptionHandler();
			failures.put(commandLine,
					(failure instanceof WatchedFailures) ? failure : new WatchedFailures(this, failure));
			IParameterExceptionHandler refusal = commandLine.getParameterExceptionHandler();
			refusals.put(commandLine,
					(refusal instanceof WatchedRefusals) ? refusal : new WatchedRefusals(this, refusal));
			commandLine.getSubcommands().values().forEach((subcommand) -> collect(subcommand, failures, refusals));
		}

		@Nullable CommandExecution refused(ParameterException refusal) {
			CommandExecution execution = take(refusal);
			return (execution != null) ? execution : this.recording.begin(() -> CommandPath.of(refusal));
		}

	}

	/**
	 * An execution that ended with an exception.
	 *
	 * @param execution the execution
	 * @param failure what its strategy threw
	 */
	private record FailedExecution(CommandExecution execution, RuntimeException failure) {

		/** Picocli hands out the cause. */
		boolean isFor(Exception handled) {
			return this.failure == handled || this.failure.getCause() == handled;
		}

	}

	/**
	 * Sees what becomes of what a command throws.
	 *
	 * @param executions knows which execution it belongs to
	 * @param delegate decides
	 */
	private record WatchedFailures(FailedExecutions executions,
			IExecutionExceptionHandler delegate) implements IExecutionExceptionHandler {

		@Override
		public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult parseResult)
				throws Exception {
			CommandExecution execution = this.executions.take(failure);
			try {
				int exitCode = this.delegate.handleExecutionException(failure, commandLine, parseResult);
				if (execution != null) {
					execution.failed(exitCode, thrown(failure));
				}
				return exitCode;
			}
			catch (Exception ex) {
				if (execution != null) {
					execution.failed(ExitCodes.ofFailure(ex, commandLine), thrown(failure));
				}
				throw ex;
			}
		}

		/** An error arrives within an exception of picocli's. */
		private static Throwable thrown(Exception failure) {
			Throwable cause = failure.getCause();
			return (failure instanceof ExecutionException && cause != null) ? cause : failure;
		}

	}

	/**
	 * Sees what becomes of what a parser, or a command itself, refuses.
	 *
	 * @param executions knows which execution it belongs to, if there was one
	 * @param delegate decides
	 */
	private record WatchedRefusals(FailedExecutions executions,
			IParameterExceptionHandler delegate) implements IParameterExceptionHandler {

		@Override
		public int handleParseException(ParameterException refusal, String[] arguments) throws Exception {
			CommandExecution execution = this.executions.refused(refusal);
			try {
				int exitCode = this.delegate.handleParseException(refusal, arguments);
				if (execution != null) {
					execution.rejected(exitCode, refusal);
				}
				return exitCode;
			}
			catch (Exception ex) {
				if (execution != null) {
					execution.rejected(ExitCodes.ofRefusal(ex, refusal.getCommandLine()), refusal);
				}
				throw ex;
			}
		}

	}

}
