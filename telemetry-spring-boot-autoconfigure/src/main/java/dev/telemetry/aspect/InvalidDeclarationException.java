package dev.telemetry.aspect;

/** A method cannot be recorded as its annotations say. */
final class InvalidDeclarationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String mend;

	/**
	 * Create an exception.
	 * @param problem what is wrong, in one clause
	 * @param mend what to do about it, in one clause
	 */
	InvalidDeclarationException(String problem, String mend) {
		super(problem);
		this.mend = mend;
	}

	String mend() {
		return this.mend;
	}

}
