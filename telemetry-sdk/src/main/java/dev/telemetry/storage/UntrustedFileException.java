package dev.telemetry.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** A file that cannot be relied on. */
class UntrustedFileException extends FileSystemException {

	private static final long serialVersionUID = 1L;

	private final String refusal;

	private final @Nullable String action;

	UntrustedFileException(Path file, String refusal) {
		this(file, refusal, null);
	}

	UntrustedFileException(Path file, String refusal, @Nullable String action) {
		super(file.toString(), null, refusal);
		this.refusal = refusal;
		this.action = action;
	}

	/**
	 * Explain why something is denied, where that is because of its owner.
	 * @param file the file that was to be used
	 * @param denied what the system answered
	 * @return what to throw
	 */
	static IOException explain(Path file, AccessDeniedException denied) {
		ForeignOwner owner = ForeignOwner.of(file, ProcessOwner.current());
		if (owner == null) {
			return denied;
		}
		UntrustedFileException explained = new UntrustedFileException(file, owner.problem(), owner.action());
		explained.initCause(denied);
		return explained;
	}

	/** What to do about it, or {@code null} when that depends on the file. */
	@Nullable String action() {
		return this.action;
	}

	String refusal() {
		return this.refusal;
	}

}
