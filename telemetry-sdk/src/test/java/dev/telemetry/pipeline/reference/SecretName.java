package dev.telemetry.pipeline.reference;

/** What a name says about its value. */
enum SecretName {

	/** Nothing. */
	NONE,

	/**
	 * It says something about a secret, as {@code reset-password} does: only a value with
	 * letters and digits counts.
	 */
	STATEMENT,

	/** {@code session} and the like: only a value that looks random counts. */
	SESSION,

	/**
	 * {@code key}: as {@link #PARAMETER}, but for the keys of settings, caches and
	 * keyboards.
	 */
	KEY,

	/**
	 * {@code auth}, {@code signature} and the like, which mean nothing in prose: any
	 * value in front of which there is an equals sign or that is quoted, but no number.
	 */
	PARAMETER,

	/** {@code pin} and the like: only digits count. */
	CODE,

	/** {@code tokens} and the like: any value but a number or a short code. */
	PLURAL,

	/** {@code token} and the like: any value but a small number or a short code. */
	TOKEN,

	/** {@code password} and the like: any value. */
	CERTAIN

}
