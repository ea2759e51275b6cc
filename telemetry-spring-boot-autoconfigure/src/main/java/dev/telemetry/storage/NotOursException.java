package dev.telemetry.storage;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that cannot be relied on. */
class NotOursException extends FileSystemException {

	private static final long serialVersionUID = 1L;

	private final String refusal;

	NotOursException(Path file, String refusal) {
		super(file.toString(), null, refusal);
		this.refusal = refusal;
	}

	String refusal() {
		return this.refusal;
	}

}
