package dev.telemetry.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures redaction by a corpus and holds what {@code docs/privacy.md} promises: at
 * least 95 of 100 lines of the promised kinds lose their secret, at most 2 of 100
 * harmless lines are changed. Prints the score of each kind, and the lines that went
 * wrong.
 */
class RedactionCorpusTests {

	static final List<CorpusLine> SECRETS = Stream.of("credentials.txt", "tokens.txt", "personal.txt")
		.map(CorpusLine::read)
		.flatMap(Collection::stream)
		.toList();

	static final List<CorpusLine> HARMLESS = CorpusLine.read("harmless.txt");

	private static final List<CorpusLine> UNPROMISED = CorpusLine.read("unpromised.txt");

	private static final Redactor REDACTOR = new Redactor("malice", "build-7.example.com",
			List.of("/srv/people/malice"));

	@Test
	void corpusIsLargeAndHasSourcesAndNoLineTwice() {
		assertThat(SECRETS).hasSizeGreaterThan(600).noneMatch(CorpusLine::isHarmless).allMatch(CorpusLine::promised);
		assertThat(HARMLESS).hasSizeGreaterThan(400).allMatch(CorpusLine::isHarmless);
		assertThat(UNPROMISED).isNotEmpty().noneMatch(CorpusLine::promised);
		assertThat(Stream.of(SECRETS, HARMLESS, UNPROMISED).flatMap(Collection::stream)).extracting(CorpusLine::text)
			.doesNotHaveDuplicates();
		assertThat(SECRETS).extracting(CorpusLine::source).doesNotContain("");
	}

	/** The table of what is recognised has a row for each kind, and for no other. */
	@Test
	void promisedKindsAreThoseOfTheDocument() throws IOException {
		String document = Files.readString(Path.of("..", "docs", "privacy.md"));
		String section = document.substring(document.indexOf("### What redaction recognises"));
		Set<String> rows = Pattern.compile("(?m)^\\| ([A-Za-z][A-Za-z -]*) \\|")
			.matcher(section.substring(0, section.indexOf("\n## ")))
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		rows.remove("kind");
		assertThat(rows).isEqualTo(byKind(SECRETS).keySet());
	}

	@Test
	void promisedKindsLoseTheirSecrets() {
		List<CorpusLine> missed = report("lost", SECRETS, (line) -> !isMissed(line));
		assertThat(missed).hasSizeLessThanOrEqualTo(SECRETS.size() * 5 / 100);
		byKind(SECRETS).forEach((kind, lines) -> assertThat(lines.stream().filter(missed::contains)).as(kind)
			.hasSizeLessThanOrEqualTo(lines.size() * 5 / 100));
	}

	@Test
	void harmlessLinesStay() {
		assertThat(report("stay", HARMLESS, (line) -> REDACTOR.redact(line.text()).equals(line.text())))
			.hasSizeLessThanOrEqualTo(HARMLESS.size() * 2 / 100);
	}

	@Test
	void whatIsAroundASecretStays() {
		List<CorpusLine> inexact = SECRETS.stream()
			.filter((line) -> !REDACTOR.redact(line.text()).equals(line.expected()))
			.toList();
		System.out.printf(Locale.ROOT, "%d of %d lines are exactly as expected%n", SECRETS.size() - inexact.size(),
				SECRETS.size());
		assertThat(inexact).hasSizeLessThanOrEqualTo(SECRETS.size() * 10 / 100);
	}

	@Test
	void redactingTwiceChangesNothingMore() {
		assertThat(Stream.of(SECRETS, HARMLESS, UNPROMISED).flatMap(Collection::stream)).allSatisfy((line) -> {
			String once = REDACTOR.redact(line.text());
			assertThat(REDACTOR.redact(once)).isEqualTo(once);
		});
	}

	/** What is not promised is known, and measured too. */
	@Test
	void unpromisedKindsAreReported() {
		assertThat(report("lost, though not promised", UNPROMISED, (line) -> !isMissed(line))).isNotEmpty();
	}

	/** The positive control: the judge sees a secret that is still there. */
	@Test
	void whenNothingIsRedactedTheJudgeSeesIt() {
		assertThat(SECRETS).allMatch((line) -> !line.leftIn(line.text()).isEmpty());
	}

	static boolean isMissed(CorpusLine line) {
		return !line.leftIn(REDACTOR.redact(line.text())).isEmpty();
	}

	private static Map<String, List<CorpusLine>> byKind(List<CorpusLine> lines) {
		return lines.stream().collect(Collectors.groupingBy(CorpusLine::kind, LinkedHashMap::new, Collectors.toList()));
	}

	/**
	 * Print the score of each kind, and return the lines that are not as they should be.
	 */
	private static List<CorpusLine> report(String what, List<CorpusLine> lines, Predicate<CorpusLine> good) {
		List<CorpusLine> bad = lines.stream().filter(good.negate()).toList();
		byKind(lines).forEach((kind, all) -> {
			List<CorpusLine> wrong = all.stream().filter(bad::contains).toList();
			System.out.printf(Locale.ROOT, "%-24s %4d of %4d %s%n", kind, all.size() - wrong.size(), all.size(), what);
			wrong.forEach((line) -> System.out
				.println("    " + line.line() + "   ->   " + REDACTOR.redact(line.text()).replace("\n", "⏎")));
		});
		System.out.printf(Locale.ROOT, "%-24s %4d of %4d %s%n", "all", lines.size() - bad.size(), lines.size(), what);
		return bad;
	}

}
