package dev.telemetry.storage;

import java.nio.file.Path;

/** A path that led to another file after the opening than before it. */
final class ExchangedException extends NotOursException {

	private static final long serialVersionUID = 1L;

	ExchangedException(Path file) {
		super(file, "it was exchanged while it was opened");
	}

}
