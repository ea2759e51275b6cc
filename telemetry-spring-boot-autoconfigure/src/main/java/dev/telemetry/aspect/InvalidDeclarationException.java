package dev.telemetry.aspect;

/** A method cannot be recorded as its annotations say. */
final class InvalidDeclarationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param problem what is wrong, in one clause
	 * @param action what to do about it, in one clause
	 */
	InvalidDeclarationException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
