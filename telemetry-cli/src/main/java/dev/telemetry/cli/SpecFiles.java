package dev.telemetry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.reader.SpecProblem;
import dev.telemetry.spec.reader.TelemetrySpecException;
import dev.telemetry.spec.reader.TelemetrySpecReader;

/**
 * The specs a user named, as files or as directories that hold files named
 * {@code *.telemetry.yaml}. What a build has made is left out.
 */
final class SpecFiles {

	private static final Set<String> BUILT = Set.of("target", "build", "out", "node_modules");

	private SpecFiles() {
	}

	/**
	 * Read files.
	 * @param world where relative names begin
	 * @param names files and directories
	 * @return the bytes of each, by the name it was found under; those of a directory in
	 * order
	 * @throws UserException if one cannot be read, or there is none
	 */
	static Map<String, byte[]> read(CommandEnvironment world, Collection<String> names) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		Set<Path> seen = new HashSet<>();
		for (String name : names) {
			for (Path file : find(world, name)) {
				read(file, files, seen);
			}
		}
		return files;
	}

	/**
	 * Read specs.
	 * @param world where relative names begin
	 * @param names files and directories
	 * @return the specs
	 * @throws UserException if one cannot be read, or is no spec
	 */
	static List<TelemetrySpec> specs(CommandEnvironment world, Collection<String> names) {
		List<TelemetrySpec> specs = new ArrayList<>();
		read(world, names).forEach((name, yaml) -> {
			try {
				specs.add(TelemetrySpecReader.read(name, yaml));
			}
			catch (TelemetrySpecException ex) {
				SpecProblem first = ex.problems().get(0);
				String more = (ex.problems().size() > 1) ? ", and " + (ex.problems().size() - 1) + " more" : "";
				throw new UserException(first + more, "'lint' shows all of it");
			}
		});
		return specs;
	}

	private static List<Path> find(CommandEnvironment world, String name) {
		Path path = world.path(name);
		if (!Files.exists(path)) {
			throw new UserException("'" + name + "' does not exist", "name a spec, or a directory with specs");
		}
		if (!Files.isDirectory(path)) {
			return List.of(path);
		}
		List<Path> found = new ArrayList<>();
		try {
			Files.walkFileTree(path, new Finder(path, found));
		}
		catch (IOException ex) {
			throw unreadable(name, ex);
		}
		if (found.isEmpty()) {
			throw new UserException("'" + name + "' holds no file named *.telemetry.yaml",
					"name another directory, or the file itself");
		}
		return found.stream().sorted().toList();
	}

	private static void read(Path file, Map<String, byte[]> files, Set<Path> seen) {
		if (!Files.isRegularFile(file)) {
			throw new UserException("'" + file + "' is not a file", "name a spec, or a directory with specs");
		}
		try (InputStream in = Files.newInputStream(file)) {
			if (seen.add(file.toRealPath())) {
				// One more than is allowed: the reader says so
				files.put(file.toString(), in.readNBytes(TelemetrySpecReader.MAX_BYTES + 1));
			}
		}
		catch (IOException ex) {
			throw unreadable(file.toString(), ex);
		}
	}

	static UserException unreadable(String name, IOException ex) {
		boolean denied = ex instanceof AccessDeniedException;
		return new UserException("'" + name + "' cannot be read" + (denied ? "" : ": " + ex.getMessage()),
				denied ? "ask for the right to read it" : "look at the file");
	}

	/** Collects the specs below a directory. */
	private static final class Finder extends SimpleFileVisitor<Path> {

		private final Path start;

		private final List<Path> found;

		Finder(Path start, List<Path> found) {
			this.start = start;
			this.found = found;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
			String name = String.valueOf(directory.getFileName());
			boolean left = !directory.equals(this.start) && (BUILT.contains(name) || name.startsWith("."));
			return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			if (file.toString().endsWith(".telemetry.yaml")) {
				this.found.add(file);
			}
			return FileVisitResult.CONTINUE;
		}

	}

}
