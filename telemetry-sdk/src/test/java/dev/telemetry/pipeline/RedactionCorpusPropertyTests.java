package dev.telemetry.pipeline;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of the corpus among each other and among parts of their own. */
class RedactionCorpusPropertyTests {

	private static final List<CorpusLine> SECRETS = RedactionCorpusTests.SECRETS;

	private static final List<String> PARTS = SECRETS.stream()
		.flatMap((line) -> List.of(line.text().split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])")).stream())
		.distinct()
		.toList();

	private static final LocalNames NAMES = LocalNames.of("malice", List.of("build-7.example.com"),
			List.of("/srv/people/malice"));

	private final Redactor redactor = new Redactor("malice", "build-7.example.com", List.of("/srv/people/malice"));

	@Property(tries = 5000)
	void redactingTwiceChangesNothingMore(@ForAll("mixtures") String text) {
		String once = this.redactor.redact(text);
		assertThat(this.redactor.redact(once)).isEqualTo(once);
		assertThat(once.length()).isLessThanOrEqualTo(4 * text.length() + Redactor.MARKER.length());
	}

	/** The scan saves time and nothing else. */
	@Property(tries = 5000)
	void scanNeverHidesWhatARuleWouldFind(@ForAll("mixtures") String text) {
		TextScan scan = new TextScan(NAMES);
		RedactionRules rules = new RedactionRules(NAMES);
		assertThat(rules.apply(text, 0, scan)).isEqualTo(rules.apply(text, 0, SameForAll.ALL));
		for (int level = 1; level <= TextReading.LEVELS && TextReading.of(text, level) != null; level++) {
			assertThat(scan.scan(text) & TextScan.ESCAPES).isNotZero();
			assertThat(rules.apply(text, level, scan)).isEqualTo(rules.apply(text, level, SameForAll.ALL));
		}
	}

	/** What is recognised alone is recognised among other lines. */
	@Property(tries = 3000)
	void secretsAmongOtherLinesNeverSurvive(@ForAll("mixtures") String before, @ForAll("lines") CorpusLine line,
			@ForAll("mixtures") String after) {
		String redacted = this.redactor.redact(before + "\n" + line.text() + "\n" + after);
		line.secrets().stream().filter((secret) -> secret.length() > 6).forEach((secret) -> {
			boolean elsewhere = before.contains(secret) || after.contains(secret);
			assertThat(!redacted.contains(secret) || elsewhere).as("%s in %s", secret, redacted).isTrue();
		});
	}

	@Provide
	Arbitrary<String> mixtures() {
		return Arbitraries.of(PARTS).list().ofMaxSize(16).map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<CorpusLine> lines() {
		return Arbitraries.of(SECRETS.stream().filter((line) -> !RedactionCorpusTests.isMissed(line)).toList());
	}

}
