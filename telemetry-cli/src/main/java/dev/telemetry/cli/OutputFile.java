package dev.telemetry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all. */
final class OutputFile {

	private OutputFile() {
	}

	/**
	 * Write a file.
	 * @param file the file, in a directory that exists
	 * @param text its text
	 * @param replace whether it may be there already
	 * @throws FileAlreadyExistsException if it is there and may not be replaced
	 * @throws IOException if it cannot be written
	 */
	static void write(Path file, String text, boolean replace) throws IOException {
		if (!replace) {
			Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW,
					StandardOpenOption.WRITE);
			return;
		}
		Path unfinished = file.resolveSibling("." + file.getFileName() + ".tmp");
		try {
			Files.writeString(unfinished, text, StandardCharsets.UTF_8);
			Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(unfinished);
		}
	}

	static UserException unwritable(Path file, IOException ex) {
		if (ex instanceof FileAlreadyExistsException) {
			return new UserException("'" + file + "' is there already", "use another name, or --force");
		}
		boolean denied = ex instanceof AccessDeniedException;
		return new UserException("'" + file + "' cannot be written" + (denied ? "" : ": " + ex.getMessage()),
				denied ? "ask for the right to write there" : "look at its directory");
	}

}
