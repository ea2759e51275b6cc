package dev.telemetry.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.telemetry.spec.manifest.TelemetryManifest;
import org.jspecify.annotations.Nullable;

/**
 * What a build asks for.
 *
 * @param directories where the classes and resources of the archive are
 * @param output where to write the manifest
 * @param baseline what was reviewed, or {@code null} to compare with nothing
 * @param baselineRequired whether a build without a baseline fails
 * @param findingsAllowed whether a build with findings passes
 */
record BuildRequest(List<Path> directories, Path output, @Nullable Path baseline, boolean baselineRequired,
		boolean findingsAllowed) {

	static final String USAGE = "usage: --classes DIR [--classes DIR]... [--baseline FILE] [--require-baseline]"
			+ " [--allow-findings] [--to FILE]";

	/**
	 * Read arguments.
	 * @param args the arguments
	 * @return the request
	 * @throws IllegalArgumentException if they cannot be understood
	 */
	static BuildRequest parse(String... args) {
		List<Path> directories = new ArrayList<>();
		Path output = null;
		Path baseline = null;
		boolean baselineRequired = false;
		boolean findingsAllowed = false;
		Iterator<String> left = List.of(args).iterator();
		while (left.hasNext()) {
			String option = left.next();
			switch (option) {
				case "--classes" -> directories.add(path(option, left));
				case "--to" -> output = path(option, left);
				case "--baseline" -> baseline = path(option, left);
				case "--require-baseline" -> baselineRequired = true;
				case "--allow-findings" -> findingsAllowed = true;
				default -> throw new IllegalArgumentException("'" + option + "' is not known");
			}
		}
		if (directories.isEmpty() || (baselineRequired && baseline == null)) {
			throw new IllegalArgumentException(
					"'" + (directories.isEmpty() ? "--classes" : "--baseline") + "' is missing");
		}
		return new BuildRequest(List.copyOf(directories),
				(output != null) ? output : directories.get(0).resolve(TelemetryManifest.LOCATION), baseline,
				baselineRequired, findingsAllowed);
	}

	private static Path path(String option, Iterator<String> left) {
		if (!left.hasNext()) {
			throw new IllegalArgumentException("'" + option + "' needs a value");
		}
		return Path.of(left.next());
	}

}
