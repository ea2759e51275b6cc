package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.telemetry.problem.Problem;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.TelemetryYamlParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The file {@code telemetry.yaml}, read anew each time. A file that cannot be used is a
 * problem, and counts as absent.
 */
final class TelemetryYamlFile {

	private static final int MAX_BYTES = 64 * 1024;

	private static final String LIBRARY = "org.yaml.snakeyaml.Yaml";

	private final Function<Path, PrivateFile.Content> files;

	private final @Nullable ClassLoader classLoader;

	private final Consumer<Problem> problems;

	/**
	 * Create an instance.
	 * @param files reads a file, see {@link #fromDisk}
	 * @param classLoader may know SnakeYAML
	 * @param problems takes what is wrong
	 */
	TelemetryYamlFile(Function<Path, PrivateFile.Content> files, @Nullable ClassLoader classLoader,
			Consumer<Problem> problems) {
		this.files = files;
		this.classLoader = classLoader;
		this.problems = problems;
	}

	static PrivateFile.Content fromDisk(Path file) {
		return PrivateFile.read(file, MAX_BYTES);
	}

	/**
	 * Read the file in a home.
	 * @param home the directory
	 * @return what it says, or {@code null} without a file that can be used
	 */
	@Nullable TelemetryYaml read(Path home) {
		Path file = home.resolve(TelemetryYaml.NAME);
		PrivateFile.Content content = this.files.apply(file);
		byte[] bytes = content.bytes();
		if (content.isAbsent()) {
			return null;
		}
		try {
			if (bytes == null) {
				throw new WrongValueException("is ignored: " + content.refusal(), "mend or remove the file");
			}
			if (!ClassUtils.isPresent(LIBRARY, this.classLoader)) {
				throw new WrongValueException("is ignored: SnakeYAML is not on the class path",
						"add org.yaml:snakeyaml");
			}
			return TelemetryYamlParser.parse(bytes);
		}
		catch (WrongValueException ex) {
			this.problems.accept(new Problem(TelemetryYaml.NAME, file.toString(), ex.problem(), ex.mend()));
			return null;
		}
	}

}
