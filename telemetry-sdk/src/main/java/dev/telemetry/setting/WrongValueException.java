package dev.telemetry.setting;

/**
 * A value that cannot be used. Its words never quote the value, which may be a secret.
 */
public final class WrongValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String mend;

	/**
	 * Create an exception.
	 * @param problem what is wrong, in one clause without a subject
	 * @param mend what to do about it, in one clause
	 */
	public WrongValueException(String problem, String mend) {
		super(problem, null, false, false);
		this.mend = mend;
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
	public String mend() {
		return this.mend;
	}

}
