package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test, promise and setting that {@code docs/data-protection.md} names exists.
 */
class DataProtectionDocumentTests {

	private static final Path DOCUMENTS = Path.of("..", "docs");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)(?:#(\\w+))?`");

	private static final Pattern PROMISE = Pattern.compile("promise (\\d+)");

	private static final Pattern SETTING = Pattern.compile("`(telemetry(?:\\.[a-z][a-z-]*)+)[`:.]");

	/** Rows that state something and prove it, by their last column. */
	private static final Pattern PROVEN = Pattern.compile("(?s)\\| proven by \\|\n\\|[-|]+\\|\n(.*?)\n\n");

	@Test
	void eachNamedTestExists() throws IOException {
		String document = document();
		assertThat(TEST.matcher(document).results()).hasSizeGreaterThan(50);
		assertThat(missingTests(document)).isEmpty();
		// A control
		assertThat(missingTests("`NoSuchTests`, `DataProtectionDocumentTests#eachNamedTestExists`, "
				+ "`DataProtectionDocumentTests#noSuchMethod`"))
			.containsExactlyInAnyOrder("NoSuchTests", "DataProtectionDocumentTests#noSuchMethod");
	}

	@Test
	void eachNamedPromiseExists() throws IOException {
		Set<String> promises = found(Pattern.compile("(?m)^(\\d+)\\. "), read(DOCUMENTS.resolve("privacy.md")));
		Set<String> named = found(PROMISE, document());
		assertThat(named).hasSizeGreaterThan(15);
		assertThat(promises).containsAll(named).doesNotContain("99");
	}

	@Test
	void eachNamedSettingIsDocumented() throws IOException {
		String configuration = read(DOCUMENTS.resolve("configuration.md"));
		Set<String> named = found(SETTING, document());
		assertThat(named).hasSizeGreaterThan(10);
		assertThat(named).allMatch((name) -> configuration.contains('`' + name));
		assertThat(configuration).doesNotContain("`telemetry.notice.such");
	}

	@Test
	void eachStatementOfATableSaysWhereItIsProven() throws IOException {
		Set<String> unproven = new TreeSet<>();
		PROVEN.matcher(document()).results().forEach((table) -> table.group(1).lines().forEach((row) -> {
			String proof = row.substring(row.lastIndexOf('|', row.length() - 2));
			if (!TEST.matcher(proof).find() && !PROMISE.matcher(proof).find()) {
				unproven.add(row.substring(0, Math.min(60, row.length())));
			}
		}));
		// What the starter does not do cannot be proven
		assertThat(unproven).hasSize(3)
			.anyMatch((row) -> row.startsWith("| 16: rectification |"))
			.anyMatch((row) -> row.startsWith("| the IP address of the sender |"))
			.anyMatch((row) -> row.startsWith("| at a destination |"));
	}

	private static Set<String> missingTests(String document) {
		Map<String, String> sources = sources();
		Set<String> missing = new TreeSet<>();
		for (MatchResult match : TEST.matcher(document).results().toList()) {
			String source = sources.get(match.group(1));
			String method = match.group(2);
			if (source == null || (method != null && !source.contains("void " + method + "("))) {
				missing.add(match.group(1) + ((method != null) ? "#" + method : ""));
			}
		}
		return missing;
	}

	private static Map<String, String> sources() {
		Map<String, String> sources = new TreeMap<>();
		for (Path directory : TestSources.directories()) {
			try (Stream<Path> files = Files.walk(directory)) {
				files.filter((file) -> file.toString().endsWith("Tests.java"))
					.forEach((file) -> sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return sources;
	}

	private static Set<String> found(Pattern pattern, String text) {
		return pattern.matcher(text)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String document() throws IOException {
		return read(DOCUMENTS.resolve("data-protection.md"));
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
