package dev.telemetry.invocation;

import dev.telemetry.EventScope;
import org.jspecify.annotations.Nullable;

/** One execution of a command. Its first end counts. */
final class CommandExecution {

	private final CommandRecording recording;

	private final EventScope scope;

	CommandExecution(CommandRecording recording, EventScope scope) {
		this.recording = recording;
		this.scope = scope;
	}

	/**
	 * The command has ended by itself.
	 * @param exitCode its exit code, or {@code null} if nothing says it
	 */
	void ended(@Nullable Integer exitCode) {
		boolean success = exitCode == null || exitCode == 0;
		close(exitCode, success ? this.scope : this.scope.failed(null));
	}

	/**
	 * The command has thrown something.
	 * @param exitCode the exit code that became of it, or {@code null}
	 * @param cause what it has thrown
	 */
	void failed(@Nullable Integer exitCode, Throwable cause) {
		close(exitCode, this.scope.failed(cause));
	}

	/**
	 * What the user asked for was refused.
	 * @param exitCode the exit code that became of it, or {@code null}
	 * @param cause why
	 */
	void rejected(@Nullable Integer exitCode, Throwable cause) {
		close(exitCode, this.scope.rejected(cause));
	}

	/** The process has ended within the command. */
	void cancelled() {
		close(null, this.scope.cancelled());
	}

	private void close(@Nullable Integer exitCode, EventScope ended) {
		this.recording.end(() -> ended.attribute(CommandEvents.EXIT_CODE, exitCode).close());
	}

}
