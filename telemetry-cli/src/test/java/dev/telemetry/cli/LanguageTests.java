package dev.telemetry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code, messages and documents use standard terms: {@code language.txt} lists what they
 * do not say, {@code language-allowed.txt} where it is right all the same.
 */
class LanguageTests {

	private static final Path ROOT = Path.of("..");

	private static final List<Rule> RULES = lines("language.txt").map(Rule::parse).toList();

	private static final List<Allowed> ALLOWED = lines("language-allowed.txt").map(Allowed::parse).toList();

	@Test
	void mainCodeAndItsMessagesUseStandardTerms() throws IOException {
		List<Path> files = new ArrayList<>();
		try (Stream<Path> modules = Files.list(ROOT)) {
			for (Path module : modules.filter((path) -> Files.isDirectory(path.resolve("src/main"))).toList()) {
				files.addAll(files(module.resolve("src/main"), "java", "js", "html", "properties"));
			}
		}
		assertThat(files).hasSizeGreaterThan(400);
		assertThat(found(files)).isEmpty();
	}

	@Test
	void documentsUseStandardTerms() throws IOException {
		List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"),
				ROOT.resolve("SECURITY.md"), ROOT.resolve("CHANGELOG.md")));
		try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
			files.addAll(documents.filter((path) -> path.toString().endsWith(".md")).toList());
		}
		assertThat(files).hasSizeGreaterThan(15);
		assertThat(found(files)).isEmpty();
	}

	@Test
	void ruleSeesAWordAndNotItsPart() {
		assertThat(wrong("x.md", "Whoever runs it")).isPresent();
		assertThat(wrong("x.md", "it was Mended there")).isPresent();
		assertThat(wrong("x.md", "a recommended setting; they commend the note, a notice")).isEmpty();
	}

	private static List<String> found(List<Path> files) throws IOException {
		List<String> found = new ArrayList<>();
		for (Path file : files) {
			String name = ROOT.relativize(file).toString().replace('\\', '/');
			int number = 0;
			for (String line : Files.readAllLines(file)) {
				number++;
				String place = name + ":" + number + ": ";
				wrong(name, line).ifPresent((rule) -> found.add(place + line.strip() + " (" + rule.instead() + ")"));
			}
		}
		return found;
	}

	private static Optional<Rule> wrong(String file, String line) {
		return RULES.stream()
			.filter((rule) -> rule.pattern().matcher(line).find())
			.filter((rule) -> ALLOWED.stream().noneMatch((allowed) -> allowed.covers(file, line)))
			.findFirst();
	}

	private static List<Path> files(Path directory, String... endings) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((path) -> !path.toString().replace('\\', '/').contains("/vendor/"))
				.filter((path) -> Stream.of(endings).anyMatch((ending) -> path.toString().endsWith("." + ending)))
				.toList();
		}
	}

	private static Stream<String> lines(String resource) {
		try (InputStream in = LanguageTests.class.getResourceAsStream("/" + resource)) {
			assert in != null;
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Rule(Pattern pattern, String instead) {

		static Rule parse(String line) {
			String[] parts = line.split(" => ", 2);
			return new Rule(Pattern.compile("\\b(" + parts[0] + ")\\b", Pattern.CASE_INSENSITIVE), parts[1]);
		}

	}

	private record Allowed(String file, String part) {

		static Allowed parse(String line) {
			String[] parts = line.split(" ", 2);
			return new Allowed(parts[0], (parts.length > 1) ? parts[1] : "");
		}

		boolean covers(String name, String line) {
			return name.endsWith(this.file) && line.contains(this.part);
		}

	}

}
