package dev.telemetry.insight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** The lines of a log from the oldest on, whatever rotates meanwhile. */
class LocalLogLinesTests {

	@TempDir
	private Path directory;

	private Path file(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

	private static List<String> rest(LocalLogLines lines) throws IOException {
		List<String> rest = new ArrayList<>();
		for (byte[] line = lines.next(); line != null; line = lines.next()) {
			rest.add(new String(line, StandardCharsets.UTF_8));
		}
		return rest;
	}

	@Test
	void oldestFileFirst() throws IOException {
		Path log = file("a.log", "5\n6\n");
		file("a.log.1", "3\n4");
		file("a.log.2", "1\n\n2\n");
		file("a.log.4", "not reached");
		try (LocalLogLines lines = LocalLogLines.open(log)) {
			assertThat(rest(lines)).containsExactly("1", "2", "3", "4", "5", "6");
			assertThat(lines.next()).isNull();
		}
	}

	@Test
	void rotationAndAppendsMeanwhileChangeNothing() throws IOException {
		Path log = file("a.log", "2\n3\n");
		file("a.log.1", "1\n");
		try (LocalLogLines lines = LocalLogLines.open(log)) {
			Files.writeString(log, "4\n", StandardOpenOption.APPEND);
			Files.move(this.directory.resolve("a.log.1"), this.directory.resolve("a.log.2"));
			Files.move(log, this.directory.resolve("a.log.1"));
			file("a.log", "5\n");
			List<String> read = rest(lines);
			assertThat(read).startsWith("1", "2", "3").doesNotContain("5");
		}
	}

	@Test
	void aFileOfTwoNamesIsReadOnce() throws IOException {
		Path log = file("a.log", "1\n");
		Files.createLink(this.directory.resolve("a.log.1"), log);
		try (LocalLogLines lines = LocalLogLines.open(log)) {
			assertThat(rest(lines)).containsExactly("1");
		}
	}

	@Test
	void linksAndWhatIsNotThereAreRefused() throws IOException {
		Path log = file("a.log", "1\n");
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> LocalLogLines.open(this.directory.resolve("none.log")));
		Files.createSymbolicLink(this.directory.resolve("a.log.1"), log);
		assertThatIOException().isThrownBy(() -> LocalLogLines.open(log));
	}

	@Test
	void tooManyFilesAreNotLeftOutInSilence() throws IOException {
		Path log = file("a.log", "1\n");
		for (int i = 1; i <= 256; i++) {
			file("a.log." + i, i + "\n");
		}
		assertThatIOException().isThrownBy(() -> LocalLogLines.open(log)).withMessageContaining("more than 256");
	}

}
