package dev.telemetry.cli;

/** A user's error. Its message names the thing and says how to fix it. */
final class UserException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UserException(String problem, String action) {
		super(problem + "; " + action);
	}

}
