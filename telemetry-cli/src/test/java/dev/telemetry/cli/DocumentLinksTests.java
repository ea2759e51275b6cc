package dev.telemetry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the documents link to exists: files, directories and headings of pages. */
class DocumentLinksTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

	@Test
	void everyLinkOfADocumentLeadsSomewhere() throws IOException {
		List<Path> documents = new ArrayList<>(
				List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")));
		try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
			documents.addAll(files.filter((file) -> file.toString().endsWith(".md")).toList());
		}
		assertThat(documents).hasSizeGreaterThan(40);
		List<String> broken = new ArrayList<>();
		for (Path document : documents) {
			broken.addAll(broken(document));
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void brokenLinksAreFound(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("other.md"), "# A `page`, and more\n");
		Path page = Files.writeString(directory.resolve("page.md"),
				"""
						## Here
						[a](other.md#a-page-and-more), [b](#here), [c](gone.md), [d](other.md#gone), [e](#there), [f](https://example.com/)
						```
						[g](in-code.md)
						```
						""");
		assertThat(broken(page)).containsExactly("page.md: gone.md", "page.md: other.md#gone", "page.md: #there");
	}

	private static List<String> broken(Path document) throws IOException {
		List<String> broken = new ArrayList<>();
		Matcher link = LINK.matcher(text(document));
		while (link.find()) {
			if (!link.group(1).contains(":") && !leadsSomewhere(document, link.group(1))) {
				broken.add(document.getFileName() + ": " + link.group(1));
			}
		}
		return broken;
	}

	private static boolean leadsSomewhere(Path document, String link) throws IOException {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
		if (!Files.exists(target)) {
			return false;
		}
		return parts.length == 1 || !target.toString().endsWith(".md") || anchors(target).contains(parts[1]);
	}

	/** As GitHub makes them of headings. */
	private static List<String> anchors(Path document) throws IOException {
		return HEADING.matcher(text(document))
			.results()
			.map((heading) -> heading.group(1)
				.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
				.replace(' ', '-'))
			.toList();
	}

	private static String text(Path document) throws IOException {
		return CODE.matcher(Files.readString(document)).replaceAll("");
	}

}
