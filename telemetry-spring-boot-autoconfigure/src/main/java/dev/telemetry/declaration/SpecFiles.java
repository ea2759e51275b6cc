package dev.telemetry.declaration;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.reader.SpecProblem;
import dev.telemetry.spec.reader.TelemetrySpecException;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * The specs that {@code telemetry.specs} names, read once. Whatever is wrong with one of
 * them is a problem and leaves out that one; nothing is ever thrown.
 */
public final class SpecFiles {

	/** Where specs are by default. */
	public static final String DEFAULT = "classpath*:telemetry/*.telemetry.yaml";

	private static final String PROPERTY = "telemetry.specs";

	/** A class of the library without which no file can be read. */
	public static final String LIBRARY = "org.yaml.snakeyaml.Yaml";

	/** What else is wrong with a file shows when these are fixed. */
	private static final int MAX_PROBLEMS = 10;

	private final PathMatchingResourcePatternResolver resolver;

	private final Consumer<Problem> problems;

	private final List<TelemetrySpec> specs;

	private boolean found;

	/**
	 * Read the specs.
	 * @param patterns where they are
	 * @param classLoader finds what is on the class path, and may know SnakeYAML
	 * @param problems takes what is wrong
	 */
	public SpecFiles(List<String> patterns, @Nullable ClassLoader classLoader, Consumer<Problem> problems) {
		this.resolver = new PathMatchingResourcePatternResolver(classLoader);
		this.problems = problems;
		Map<String, Resource> files = find(patterns);
		this.found |= !files.isEmpty();
		this.specs = List.copyOf(read(files, classLoader));
	}

	/**
	 * Return whether the developer meant to declare what is collected: there is a file,
	 * readable or not, or a named file is missing.
	 * @return whether there is a spec
	 */
	public boolean found() {
		return this.found;
	}

	/**
	 * Return the specs that could be read.
	 * @return the specs, in the order of the patterns and the class path
	 */
	public List<TelemetrySpec> specs() {
		return this.specs;
	}

	/** A file that several patterns match counts once. */
	private Map<String, Resource> find(List<String> patterns) {
		Map<String, Resource> files = new LinkedHashMap<>();
		for (String pattern : patterns) {
			boolean matched = false;
			for (Resource file : resources(pattern)) {
				matched = true;
				files.putIfAbsent(address(file), file);
			}
			if (!matched && !pattern.equals(DEFAULT)) {
				this.found = true;
				this.problems.accept(new Problem(PROPERTY, pattern, "nothing is there", "correct or remove it"));
			}
		}
		return files;
	}

	private List<Resource> resources(String pattern) {
		List<Resource> existing = new ArrayList<>();
		try {
			for (Resource resource : this.resolver.getResources(pattern)) {
				if (resource.exists()) {
					existing.add(resource);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// Nothing is there: reported by the caller
		}
		return existing;
	}

	private List<TelemetrySpec> read(Map<String, Resource> files, @Nullable ClassLoader classLoader) {
		List<TelemetrySpec> read = new ArrayList<>();
		if (!files.isEmpty() && !ClassUtils.isPresent(LIBRARY, classLoader)) {
			this.problems.accept(new Problem(PROPERTY, null,
					"the specs are left out: SnakeYAML is not on the class path", "add org.yaml:snakeyaml"));
			return read;
		}
		for (Resource file : files.values()) {
			TelemetrySpec spec = read(file);
			if (spec != null) {
				read.add(spec);
			}
		}
		return read;
	}

	private @Nullable TelemetrySpec read(Resource file) {
		String place = place(file);
		try (InputStream in = file.getInputStream()) {
			return TelemetrySpecReader.read(place, in.readNBytes(TelemetrySpecReader.MAX_BYTES + 1));
		}
		catch (TelemetrySpecException ex) {
			ex.problems().stream().limit(MAX_PROBLEMS).forEach((problem) -> report(file, problem));
		}
		catch (IOException | RuntimeException ex) {
			this.problems.accept(new Problem(name(file), place, "cannot be read: " + ex.getClass().getSimpleName(),
					"see whether the file is whole and may be read"));
		}
		return null;
	}

	private void report(Resource file, SpecProblem problem) {
		this.problems.accept(
				new Problem(name(file), problem.file() + ", line " + problem.line() + ", column " + problem.column(),
						problem.problem() + ", so the whole spec is left out", problem.action()));
	}

	private static String name(Resource file) {
		String name = file.getFilename();
		return (name != null) ? name : file.getDescription();
	}

	/** The archive and the path in it, or the path of the file. */
	private static String place(Resource file) {
		String address = address(file);
		int archive = address.lastIndexOf("!/");
		return (archive < 0) ? address : address.substring(address.lastIndexOf('/', archive - 2) + 1);
	}

	private static String address(Resource file) {
		try {
			return file.getURL().getPath();
		}
		catch (IOException ex) {
			return file.getDescription();
		}
	}

}
