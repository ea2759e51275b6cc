package dev.telemetry.problem;

import java.util.Locale;

import dev.telemetry.Internal;

/**
 * The operating system, or the container, provides no further thread to this process.
 * Java says so with an {@link OutOfMemoryError}, though memory is not what is short.
 */
@Internal
public final class ThreadShortage {

	/** What is wrong, in one clause. */
	public static final String PROBLEM = "the operating system gives this process no further thread";

	/** What to do about it, in one clause. */
	public static final String ACTION = "raise the limit of processes and threads: 'ulimit -u' of the user,"
			+ " 'TasksMax' of a systemd service, or the pids limit of the container";

	private ThreadShortage() {
	}

	/**
	 * Return whether a failure came of a thread that could not be started.
	 * @param failure what was thrown
	 * @return {@code true} if it or one of its causes says so
	 */
	public static boolean isCauseOf(Throwable failure) {
		return CauseChain.has(failure, (cause) -> cause instanceof OutOfMemoryError
				&& String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("thread"));
	}

}
