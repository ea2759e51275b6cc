package dev.telemetry.sink;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Counts the sockets of this process, as Linux does. */
final class OpenSockets {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private OpenSockets() {
	}

	static int count() throws IOException {
		return names().size();
	}

	/** Return a name for each, which no later socket gets. */
	static Set<String> names() throws IOException {
		Set<String> sockets = new HashSet<>();
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
			for (Path descriptor : descriptors) {
				String name = name(descriptor);
				if (name.startsWith("socket:")) {
					sockets.add(name);
				}
			}
		}
		return sockets;
	}

	private static String name(Path descriptor) throws IOException {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (NoSuchFileException ex) {
			return "";
		}
	}

}
