package dev.telemetry.demo;

/**
 * An order that cannot be placed. Its message may hold what the customer typed, which is
 * why telemetry records the name of this class and never the message.
 */
class InvalidOrderException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidOrderException(String message) {
		super(message);
	}

}
