package dev.telemetry.storage;

import java.nio.file.Path;

/** A path that led to another file after the opening than before it. */
final class FileReplacedException extends UntrustedFileException {

	private static final long serialVersionUID = 1L;

	FileReplacedException(Path file) {
		super(file, "it was exchanged while it was opened");
	}

}
