package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each line of the catalogues of specs, tracker, anomalies, operations and tools, of what
 * the source system does (P) and what it fails at (I), has a test that bears its id:
 * {@code mvn test -Dgroups=P24}.
 */
class SpecCatalogueTests {

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"([PI][0-9]{2})\"\\)");

	@Test
	void eachLineHasATest() throws IOException {
		assertThat(tags()).isEqualTo(catalogue());
	}

	private static Set<String> catalogue() {
		Set<String> ids = new TreeSet<>();
		IntStream.rangeClosed(19, 36).forEach((number) -> ids.add("P" + number));
		IntStream.rangeClosed(20, 37).forEach((number) -> ids.add("I" + number));
		return ids;
	}

	private static Set<String> tags() throws IOException {
		Set<String> tags = new TreeSet<>();
		for (Path directory : TestSources.directories()) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.filter((file) -> file.toString().endsWith("Tests.java"))
					.forEach((file) -> TAG.matcher(read(file)).results().forEach((tag) -> tags.add(tag.group(1))));
			}
		}
		return tags;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
