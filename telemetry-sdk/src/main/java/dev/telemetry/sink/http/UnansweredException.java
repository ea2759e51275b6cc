package dev.telemetry.sink.http;

import java.io.IOException;

/** A connection ended before the first byte of an answer. */
final class UnansweredException extends IOException {

	private static final long serialVersionUID = 1L;

	UnansweredException(IOException cause) {
		super(cause);
	}

}
