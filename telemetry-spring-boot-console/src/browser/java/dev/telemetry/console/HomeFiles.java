package dev.telemetry.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files in the home of telemetry, as private as its own.
 */
final class HomeFiles {

	private HomeFiles() {
	}

	static void write(Path home, String name, String text) throws IOException {
		Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
		Path file = Files.writeString(home.resolve(name), text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
	}

}
