package dev.telemetry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each relative link of the documents leads to a file, and each anchor to a heading.
 * Addresses elsewhere are not called.
 */
class DocumentLinksTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern FENCE = Pattern.compile("(?ms)^\\s*(```+).*?^\\s*\\1\\s*$");

	private static final Pattern CODE = Pattern.compile("`+[^`\n]*`+");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

	@Test
	void everyLinkOfTheDocumentsResolves() throws IOException {
		List<Path> documents = documents();
		assertThat(documents).hasSizeGreaterThan(50);
		assertThat(documents.stream().mapToLong((document) -> links(document).size()).sum()).isGreaterThan(200);
		assertThat(documents.stream().flatMap((document) -> broken(document).stream())).isEmpty();
	}

	@Test
	void brokenLinksAreFound(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("other.md"), """
				# Other
				## Some `code`, and *more*: A-b_c
				## Twice
				## Twice
				```
				## No heading
				```
				""");
		Path document = directory.resolve("links.md");
		Files.writeString(document, """
				# Links
				[a](other.md) [b](other.md#some-code-and-more-a-b_c) [c](#links) [d](https://example.com/none)
				[e](other.md#twice-1) ![f](.) [g](mailto:someone@example.com)
				[1](none.md) [2](other.md#none) [3](#none) ![4](none.png) [5](other.md#no-heading) [6](other.md#twice-2)
				`[7](none.md)`
				```
				[8](none.md)
				```
				""");
		assertThat(broken(document)).map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.containsExactly("none.md", "other.md#none", "#none", "none.png", "other.md#no-heading",
					"other.md#twice-2");
	}

	private static List<Path> documents() throws IOException {
		List<Path> found = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"),
				ROOT.resolve("SECURITY.md"), ROOT.resolve("CHANGELOG.md")));
		for (String folder : List.of("docs", "examples")) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
				files.filter((file) -> file.toString().endsWith(".md"))
					.filter((file) -> !file.toString().contains("target"))
					.forEach(found::add);
			}
		}
		return found;
	}

	private static List<String> broken(Path document) {
		return links(document).stream()
			.filter((link) -> !resolves(document, link))
			.map((link) -> document + ": " + link)
			.toList();
	}

	private static List<String> links(Path document) {
		return LINK.matcher(CODE.matcher(prose(document)).replaceAll("code"))
			.results()
			.map((match) -> match.group(1))
			.filter((link) -> !ELSEWHERE.matcher(link).matches())
			.toList();
	}

	private static boolean resolves(Path document, String link) {
		String[] parts = link.split("#", 2);
		Path file = parts[0].isEmpty() ? document
				: document.resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8));
		if (!Files.exists(file)) {
			return false;
		}
		return parts.length < 2 || (Files.isRegularFile(file) && anchors(file).contains(parts[1]));
	}

	/** As GitHub makes them of headings. */
	private static Set<String> anchors(Path document) {
		Set<String> anchors = new HashSet<>();
		Map<String, Integer> times = new HashMap<>();
		HEADING.matcher(prose(document)).results().forEach((heading) -> {
			String anchor = heading.group(1)
				.strip()
				.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-');
			int before = times.merge(anchor, 1, Integer::sum) - 1;
			anchors.add((before > 0) ? anchor + "-" + before : anchor);
		});
		return anchors;
	}

	private static String prose(Path document) {
		try {
			return FENCE.matcher(Files.readString(document)).replaceAll("");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
