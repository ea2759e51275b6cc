package dev.telemetry.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Runs a command of the operating system that says little, for a limited time. */
final class BoundedCommand {

	private static final int MAX_OUTPUT = 64 * 1024;

	private final Duration limit;

	BoundedCommand(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Run a command.
	 * @param command the program and its arguments; no shell is involved
	 * @return what it printed, or {@code null} when it failed or took too long
	 */
	@Nullable String run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			try {
				return output(process);
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException | OutOfMemoryError ex) {
			// The latter when the system provides no thread to wait for the process
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	// Read after the end: a pipe holds the few lines these commands print, and reading
	// first could wait without a limit
	private @Nullable String output(Process process) throws IOException, InterruptedException {
		process.getOutputStream().close();
		if (!process.waitFor(this.limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
			return null;
		}
		return new String(process.getInputStream().readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
	}

}
