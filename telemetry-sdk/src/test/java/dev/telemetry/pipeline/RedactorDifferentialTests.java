package dev.telemetry.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.telemetry.pipeline.reference.ReferenceRedactor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Redactor} finds what {@link ReferenceRedactor} finds, the redactor as it was
 * before it was made fast: the same characters for every text. With
 * {@code -Dtelemetry.redaction.texts=1000000} as many are tried.
 */
class RedactorDifferentialTests {

	private static final int TEXTS = Integer.getInteger("telemetry.redaction.texts", 50_000);

	/** As many are made from one seed, so that what differs can be made again alone. */
	private static final int PART = 1000;

	private static final List<String> KEYS = List.of("detail", "password", "api_key", "session", "auth", "pin",
			"tokens", "has_password", "key", "url");

	private final ReferenceRedactor reference = new ReferenceRedactor(AdversarialTexts.USER, AdversarialTexts.HOST,
			List.of(AdversarialTexts.HOME));

	private final ReferenceRedactor nameless = new ReferenceRedactor(null, null, List.of());

	@Test
	void redactIsTheSameOnAllTexts() {
		Redactor redactor = new Redactor(AdversarialTexts.USER, AdversarialTexts.HOST, List.of(AdversarialTexts.HOME));
		Comparison result = compare(redactor::redact, this.reference::redact, TEXTS);
		System.out.printf(Locale.ROOT, "%d texts, %d of them redacted, %d differ%n", result.texts(), result.redacted(),
				result.different().size());
		assertThat(result.different()).isEmpty();
		assertThat(result.redacted()).isBetween(TEXTS / 5L, TEXTS * 4L / 5);
	}

	@Test
	void redactIsTheSameWithoutOwnNames() {
		Redactor redactor = new Redactor(null, null, List.of());
		assertThat(compare(redactor::redact, this.nameless::redact, TEXTS / 10).different()).isEmpty();
	}

	@Test
	void redactValueIsTheSameForAnyKindOfKey() {
		Redactor redactor = new Redactor(null, null, List.of());
		for (String key : KEYS) {
			assertThat(compare((text) -> redactor.redactValue(key, text),
					(text) -> this.nameless.redactValue(key, text), TEXTS / 20)
				.different()).as(key).isEmpty();
		}
	}

	/** The positive control: one wrong character in a rare place is seen. */
	@Test
	void plantedFaultIsSeen() {
		UnaryOperator<String> faulty = (text) -> this.reference.redact(text)
			.replace("Bearer " + Redactor.MARKER, "bearer " + Redactor.MARKER);
		assertThat(compare(faulty, this.reference::redact, 5_000).different()).isNotEmpty();
	}

	/** The positive control: a scan that overlooks one rule is seen, whichever it is. */
	@Test
	void overlookedRuleIsSeen() {
		LocalNames names = LocalNames.of(AdversarialTexts.USER, List.of(AdversarialTexts.HOST),
				List.of(AdversarialTexts.HOME));
		RedactionRules rules = new RedactionRules(names);
		for (RedactionRules.Rule rule : rules.rules()) {
			assertThat(compare((text) -> rules.apply(text, 0, new SameForAll(TextScan.ALL & ~rule.trigger())),
					(text) -> rules.apply(text, 0, SameForAll.ALL), 4_000)
				.different()).as(rule.name()).isNotEmpty();
		}
	}

	private static Comparison compare(UnaryOperator<String> one, UnaryOperator<String> other, int texts) {
		return LongStream.range(0, Math.max(1, texts / PART))
			.parallel()
			.mapToObj((seed) -> compare(one, other, seed, Math.min(texts, PART)))
			.reduce(new Comparison(0, 0, List.of()), Comparison::plus);
	}

	private static Comparison compare(UnaryOperator<String> one, UnaryOperator<String> other, long seed, int texts) {
		AdversarialTexts source = new AdversarialTexts(seed);
		Comparison result = new Comparison(0, 0, List.of());
		for (int i = 0; i < texts; i++) {
			String text = source.next();
			String expected = other.apply(text);
			String actual = one.apply(text);
			boolean same = actual.equals(expected) && (actual == text) == (expected == text);
			result = result.plus(new Comparison(1, expected.equals(text) ? 0 : 1,
					same ? List.of() : List.of(text + "\n  is " + actual + "\n  not " + expected)));
		}
		return result;
	}

	/**
	 * What a comparison has shown.
	 *
	 * @param texts how many texts were compared
	 * @param redacted how many of them had something to redact
	 * @param different those that differ, at most a few
	 */
	private record Comparison(long texts, long redacted, List<String> different) {

		private static final int MOST = 20;

		Comparison plus(Comparison other) {
			List<String> both = (other.different.isEmpty()) ? this.different
					: Stream.of(this.different, other.different).flatMap(List::stream).limit(MOST).toList();
			return new Comparison(this.texts + other.texts, this.redacted + other.redacted, both);
		}

	}

}
