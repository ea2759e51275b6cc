package dev.telemetry.sink.http;

import java.io.IOException;

/** The answer is not HTTP, or HTTP that cannot be read: trying again does not help. */
final class NotHttpException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param reason what is wrong, in our own text: never what was answered
	 */
	NotHttpException(String reason) {
		super(reason);
	}

}
