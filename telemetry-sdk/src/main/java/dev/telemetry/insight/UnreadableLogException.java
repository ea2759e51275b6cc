package dev.telemetry.insight;

import java.io.IOException;

/**
 * A file of a log that cannot be read, or not to its end. Its message says why, in one
 * clause, and does not name the file.
 */
public final class UnreadableLogException extends IOException {

	private static final long serialVersionUID = 1L;

	UnreadableLogException(String message) {
		super(message);
	}

}
