package dev.telemetry.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the beginning of files of the operating system. */
final class SystemFile {

	private SystemFile() {
	}

	/**
	 * Read a file. Links are followed: the files are the system's, and often linked to
	 * one another.
	 * @param file the file
	 * @param maxBytes how much of it is read at most
	 * @return what is in it, empty if it cannot be read
	 */
	static String read(Path file, int maxBytes) {
		if (!Files.isRegularFile(file)) {
			return "";
		}
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
