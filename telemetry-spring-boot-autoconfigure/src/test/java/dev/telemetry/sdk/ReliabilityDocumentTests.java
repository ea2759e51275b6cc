package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the catalogues of faults and threats in {@code docs/reliability.md} and the tests
 * that are tagged with their ids from drifting apart.
 */
class ReliabilityDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| ([FT]-[0-9]{2}b?) \\|[^|]*\\| ([^|]*) \\|$");

	private static final Pattern NAME = Pattern.compile("`(\\w+Tests)`");

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"([FT]-[0-9]{2}b?)\"\\)");

	@Test
	void eachFaultAndThreatNamesTheTestsThatAreTaggedWithIt() throws IOException {
		Map<String, Set<String>> named = new TreeMap<>();
		ROW.matcher(Files.readString(DOCUMENT)).results().forEach((row) -> {
			Set<String> tests = new TreeSet<>();
			NAME.matcher(row.group(2)).results().forEach((name) -> tests.add(name.group(1)));
			named.put(row.group(1), tests);
		});
		assertThat(named.keySet()).isEqualTo(catalogue());
		named.values().removeIf(Set::isEmpty);
		assertThat(named).isEqualTo(tagged());
	}

	private static Set<String> catalogue() {
		Set<String> ids = new TreeSet<>(Set.of("F-13b"));
		IntStream.rangeClosed(1, 34).forEach((number) -> ids.add("F-%02d".formatted(number)));
		IntStream.rangeClosed(1, 26).forEach((number) -> ids.add("T-%02d".formatted(number)));
		return ids;
	}

	private static Map<String, Set<String>> tagged() throws IOException {
		Map<String, Set<String>> tagged = new TreeMap<>();
		for (Path directory : TestSources.directories()) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.filter((file) -> file.toString().endsWith("Tests.java")).forEach((file) -> {
					String name = file.getFileName().toString().replace(".java", "");
					TAG.matcher(read(file))
						.results()
						.forEach((tag) -> tagged.computeIfAbsent(tag.group(1), (id) -> new TreeSet<>()).add(name));
				});
			}
		}
		return tagged;
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
