package dev.telemetry.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.declaration.SpecFiles;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The specs of an archive, and how a place in them is named. */
final class ArchiveFiles {

	private static final String FOLDER = "telemetry";

	private final List<String> roots = new ArrayList<>();

	private final Map<String, byte[]> specs = new TreeMap<>();

	/**
	 * Read the specs.
	 * @param directories where the archive has its classes and resources
	 * @param classLoader has them on its class path
	 * @throws IOException if a spec cannot be read, or is not on the class path, or what
	 * reads it is not
	 */
	ArchiveFiles(List<Path> directories, ClassLoader classLoader) throws IOException {
		for (Path directory : directories) {
			this.roots.add(directory.toUri().getPath());
			this.roots.add(directory.toRealPath().toUri().getPath());
		}
		for (Path directory : directories) {
			Path folder = directory.resolve(FOLDER);
			if (Files.isDirectory(folder)) {
				read(folder);
			}
		}
		check(classLoader);
	}

	/** The application would not find it either. */
	private void check(ClassLoader classLoader) throws IOException {
		if (!this.specs.isEmpty() && !ClassUtils.isPresent(SpecFiles.LIBRARY, classLoader)) {
			throw new IOException("SnakeYAML is not on the class path; add org.yaml:snakeyaml");
		}
		for (String spec : this.specs.keySet()) {
			if (Collections.list(classLoader.getResources(spec)).stream().noneMatch((url) -> isOwn(url.getPath()))) {
				throw new IOException(spec + " is not on the class path; start it with that of the project");
			}
		}
	}

	private void read(Path folder) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.telemetry.yaml")) {
			for (Path file : files) {
				try (InputStream in = Files.newInputStream(file)) {
					// One more than is allowed: the reader says so
					this.specs.put(FOLDER + "/" + file.getFileName(), in.readNBytes(TelemetrySpecReader.MAX_BYTES + 1));
				}
			}
		}
	}

	/**
	 * Return the specs of the archive.
	 * @return the text of each by its path in the archive
	 */
	Map<String, byte[]> specs() {
		return this.specs;
	}

	/** Whether something was read from the archive, not from another one. */
	boolean isOwn(@Nullable String origin) {
		return origin != null && this.roots.stream().anyMatch(decoded(origin)::startsWith);
	}

	/** Class loaders and files encode the same letters of a path differently. */
	private static String decoded(String origin) {
		try {
			return StringUtils.uriDecode(origin, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return origin;
		}
	}

	/**
	 * Name a place by folder, file and line. Where on this machine the archive lies, and
	 * the column, say nothing to a reviewer.
	 */
	static String place(String origin) {
		int folder = origin.lastIndexOf('/', origin.lastIndexOf('/') - 1);
		return origin.substring(folder + 1).replaceFirst(":\\d+$", "");
	}

}
