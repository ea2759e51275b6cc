package dev.telemetry.setting;

/**
 * A value that cannot be used. Its message never quotes the value, which may be a secret.
 */
public final class WrongValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param problem what is wrong, in one clause without a subject
	 * @param action what to do about it, in one clause
	 */
	public WrongValueException(String problem, String action) {
		super(problem, null, false, false);
		this.action = action;
	}

	/**
	 * Return what is wrong.
	 * @return one clause without a subject
	 */
	public String problem() {
		return String.valueOf(getMessage());
	}

	/**
	 * Return what to do about it.
	 * @return one clause
	 */
	public String action() {
		return this.action;
	}

}
