package dev.telemetry.insight;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Whether an answer reached the reader of standard output. A {@link PrintStream} reports
 * no failure by itself.
 */
public final class StandardOutput {

	/**
	 * What a shell reports of a program that wrote to a pipe without a reader: 128 + 13.
	 */
	public static final int CLOSED_PIPE = 141;

	private static final Path DESCRIPTOR = Path.of("/dev/fd/1");

	private static final int TYPE = 0170000;

	private static final int FIFO = 0010000;

	private static final int SOCKET = 0140000;

	private StandardOutput() {
	}

	/**
	 * Return the exit code of a command that has printed its answer.
	 * @param code the exit code when the answer was written
	 * @param out where the answer was printed
	 * @param err takes what went wrong
	 * @param unwritten the exit code when the answer could not be written
	 * @return the code; {@link #CLOSED_PIPE}, and nothing is said, when the reader of a
	 * pipe has gone, as {@code head} does when it has seen enough
	 */
	public static int exitCode(int code, PrintStream out, PrintStream err, int unwritten) {
		if (!out.checkError()) {
			return code;
		}
		if (isPipe()) {
			return CLOSED_PIPE;
		}
		err.println("The answer could not be written to standard output; see whether there is space where it goes");
		return unwritten;
	}

	/** A pipe fails for one reason only. The text of the failure is in any language. */
	private static boolean isPipe() {
		int type = type();
		return type == FIFO || type == SOCKET;
	}

	private static int type() {
		try {
			@Nullable Object mode = Files.getAttribute(DESCRIPTOR, "unix:mode");
			return (mode instanceof Integer bits) ? bits & TYPE : 0;
		}
		catch (IOException | IllegalArgumentException | UnsupportedOperationException ex) {
			return 0;
		}
	}

}
