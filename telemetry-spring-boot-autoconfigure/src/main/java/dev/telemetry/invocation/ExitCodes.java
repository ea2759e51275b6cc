package dev.telemetry.invocation;

import picocli.CommandLine;
import picocli.CommandLine.IExitCodeExceptionMapper;

/**
 * The exit codes of what is thrown: those that picocli gives to exceptions which no
 * handler has dealt with, and Java's own.
 */
final class ExitCodes {

	/** What Java ends with when nothing catches what the main method throws. */
	static final int UNCAUGHT = 1;

	private ExitCodes() {
	}

	static int ofFailure(Exception unhandled, CommandLine commandLine) {
		return of(unhandled, commandLine, commandLine.getCommandSpec().exitCodeOnExecutionException());
	}

	static int ofRefusal(Exception unhandled, CommandLine commandLine) {
		return of(unhandled, commandLine, commandLine.getCommandSpec().exitCodeOnInvalidInput());
	}

	private static int of(Exception unhandled, CommandLine commandLine, int otherwise) {
		IExitCodeExceptionMapper mapper = commandLine.getExitCodeExceptionMapper();
		try {
			return (mapper != null) ? mapper.getExitCode(unhandled) : otherwise;
		}
		catch (RuntimeException ex) {
			return otherwise;
		}
	}

}
