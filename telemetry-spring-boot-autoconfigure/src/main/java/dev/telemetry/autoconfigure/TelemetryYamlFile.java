package dev.telemetry.autoconfigure;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
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
 * problem and gives no value; since it may hold a setting that protects, it caps what a
 * grant allows, see {@link ProtectiveCap}.
 */
final class TelemetryYamlFile {

	private static final int MAX_BYTES = 64 * 1024;

	private static final String LIBRARY = "org.yaml.snakeyaml.Yaml";

	/** A name under which the file is not looked for, and users write it. */
	private static final String OTHER_NAME = "telemetry.yml";

	private final @Nullable Function<Path, PrivateFile.Content> files;

	private final @Nullable ClassLoader classLoader;

	private final Consumer<Problem> problems;

	/**
	 * Create an instance.
	 * @param files reads a file, see {@link #fromDisk}; {@code null} to look for none
	 * @param classLoader may know SnakeYAML
	 * @param problems takes what is wrong
	 */
	TelemetryYamlFile(@Nullable Function<Path, PrivateFile.Content> files, @Nullable ClassLoader classLoader,
			Consumer<Problem> problems) {
		this.files = files;
		this.classLoader = classLoader;
		this.problems = problems;
	}

	/** Return an instance that finds no file and looks for none. */
	static TelemetryYamlFile none() {
		return new TelemetryYamlFile(null, null, (problem) -> {
		});
	}

	static PrivateFile.Content fromDisk(Path file) {
		return PrivateFile.read(file, MAX_BYTES);
	}

	/**
	 * Read the file in a home.
	 * @param home the directory
	 * @return what was found
	 */
	Look read(Path home) {
		Look look = look(home);
		String fault = look.fault();
		if (fault != null) {
			this.problems.accept(new Problem(TelemetryYaml.NAME, home.resolve(look.file()).toString(),
					fault + "; nothing is sent, because the file may hold local-only", look.action()));
		}
		return look;
	}

	private Look look(Path home) {
		if (this.files == null) {
			return Look.ABSENT;
		}
		if (Files.exists(home.resolve(OTHER_NAME), LinkOption.NOFOLLOW_LINKS)) {
			return new Look(null, OTHER_NAME, "it is not read under this name", "rename it to " + TelemetryYaml.NAME);
		}
		PrivateFile.Content content = this.files.apply(home.resolve(TelemetryYaml.NAME));
		byte[] bytes = content.bytes();
		if (content.isAbsent()) {
			return Look.ABSENT;
		}
		if (bytes == null) {
			return Look.unusable(String.valueOf(content.refusal()),
					Objects.requireNonNullElse(content.action(), TelemetryYamlParser.ACTION));
		}
		if (!ClassUtils.isPresent(LIBRARY, this.classLoader)) {
			return Look.unusable("SnakeYAML is not on the class path", "add org.yaml:snakeyaml, or delete the file");
		}
		try {
			return new Look(TelemetryYamlParser.parse(bytes), TelemetryYaml.NAME, null, "");
		}
		catch (WrongValueException ex) {
			return Look.unusable(ex.problem(), ex.action());
		}
	}

	/**
	 * What a look at the file found.
	 *
	 * @param yaml what it says, or {@code null} if it is absent or cannot be used
	 * @param file the name of the file
	 * @param fault why it cannot be used, in one clause, or {@code null}
	 * @param action what to do about that
	 */
	record Look(@Nullable TelemetryYaml yaml, String file, @Nullable String fault, String action) {

		/** There is no file. */
		static final Look ABSENT = new Look(null, TelemetryYaml.NAME, null, "");

		static Look unusable(String fault, String action) {
			return new Look(null, TelemetryYaml.NAME, fault, action);
		}

	}

}
