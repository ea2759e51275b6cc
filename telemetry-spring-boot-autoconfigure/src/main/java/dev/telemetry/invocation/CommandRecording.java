package dev.telemetry.invocation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.jspecify.annotations.Nullable;

/**
 * Records executions of commands. Whatever goes wrong here ends here: a command is never
 * the worse for being recorded. Safe for use by several threads.
 */
@Internal
public final class CommandRecording {

	private final RecordingFailures failures = new RecordingFailures(System::nanoTime);

	private final AtomicLong begun = new AtomicLong();

	private final Supplier<? extends @Nullable TelemetryContext> context;

	private final Runnable afterwards;

	/**
	 * Create a recording.
	 * @param context gives the context when the first command is executed, or
	 * {@code null} where commands are not recorded
	 * @param afterwards has delivered what was recorded, without waiting for it: the
	 * process of a command may end at any time after it
	 */
	public CommandRecording(Supplier<? extends @Nullable TelemetryContext> context, Runnable afterwards) {
		this.context = context;
		this.afterwards = afterwards;
	}

	/**
	 * Begin an execution.
	 * @param command gives the declared name of the command; asked only if it is recorded
	 * @return the execution, or {@code null} if events are not collected
	 */
	@Nullable CommandExecution begin(Supplier<String> command) {
		try {
			TelemetryContext telemetry = this.context.get();
			if (telemetry != null && telemetry.isCollecting()) {
				this.begun.incrementAndGet();
				return new CommandExecution(this, telemetry.start(CommandEvents.SUCCESS, CommandEvents.FAILURE)
					.attribute(CommandEvents.COMMAND, command.get()));
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
		return null;
	}

	/** Return how many executions were begun. */
	long begun() {
		return this.begun.get();
	}

	/** End an execution, and have its event delivered as soon as possible. */
	void end(Runnable event) {
		try {
			event.run();
			this.afterwards.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	void failed(Throwable failure) {
		this.failures.report("a command", failure);
	}

}
