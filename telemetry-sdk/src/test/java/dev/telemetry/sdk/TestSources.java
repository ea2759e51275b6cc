package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The sources of tests of every module. */
final class TestSources {

	/** Tests, those in a browser, and those that are published for sinks. */
	private static final List<String> FOLDERS = List.of("test", "browser", "contract");

	private TestSources() {
	}

	/** Return the folder of each module that has tests. */
	static List<Path> directories() {
		try (Stream<Path> modules = Files.list(Path.of(".."))) {
			List<Path> found = modules
				.flatMap((module) -> FOLDERS.stream().map((folder) -> module.resolve(Path.of("src", folder, "java"))))
				.filter(Files::isDirectory)
				.sorted()
				.toList();
			assertThat(found).hasSizeGreaterThan(2);
			return found;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
