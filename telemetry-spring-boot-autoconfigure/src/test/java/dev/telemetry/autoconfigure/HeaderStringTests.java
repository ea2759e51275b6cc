package dev.telemetry.autoconfigure;

import java.util.Map;

import dev.telemetry.setting.HeaderString;
import dev.telemetry.setting.Headers;
import dev.telemetry.setting.WrongValueException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link HeaderString} and {@link Headers}.
 */
@Tag("T-04")
class HeaderStringTests {

	@Test
	void parseWhenValueHasEqualsSignsKeepsThem() {
		assertThat(HeaderString.parse("Authorization: Basic a=b,c: d"))
			.containsExactly(entry("authorization", "Basic a=b"), entry("c", "d"));
	}

	@Test
	void parseWhenValueHasColonsSplitsAtTheFirst() {
		assertThat(HeaderString.parse("Y:a:b")).containsExactly(entry("y", "a:b"));
	}

	@Test
	void parseWhenRepeatedTakesTheLast() {
		assertThat(HeaderString.parse("X-Key: a, x-key: b")).containsExactly(entry("x-key", "b"));
	}

	@Test
	void parseWhenEmptyItemsSkipsThem() {
		assertThat(HeaderString.parse(" a: 1,, b: 2 ,")).containsExactly(entry("a", "1"), entry("b", "2"));
	}

	@Test
	void parseWhenQuotedKeepsCommasAndEscapes() {
		assertThat(HeaderString.parse("Cookie: \"a=1, b=2\", X: \"say \\\"hi\\\", \\\\\""))
			.containsExactly(entry("cookie", "a=1, b=2"), entry("x", "say \"hi\", \\"));
	}

	@Test
	void parseWhenQuoteInsideOfValueKeepsIt() {
		assertThat(HeaderString.parse("If-Match: W/\"1\", b: 2")).containsExactly(entry("if-match", "W/\"1\""),
				entry("b", "2"));
	}

	@Test
	void parseWhenOpenTelemetryFormDecodesIt() {
		assertThat(HeaderString.parse("api-key=abc:d,Authorization=Basic%20a%2Bb+c="))
			.containsExactly(entry("api-key", "abc:d"), entry("authorization", "Basic a+b+c="));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bad", "a: 1, bad", "Cookie: a=1, b=2", "a=1, b: 2", "a: \"open", "a: \"b\" c", "a=%2",
			"a=%zz", "a=%", "a=%41\ud83d\ude00" })
	void parseWhenItemIsNoHeaderRefusesWithoutQuotingIt(String text) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> HeaderString.parse(text))
			.satisfies((ex) -> assertThat(ex.problem()).doesNotContain(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Z:", ":q", "a b: c", "x: a\rb", "x: a\nb", "x=a%0d%0ab", "x: \u0000", "x: caf\u00e9",
			"Host: other.example.com", "content-length: 3", "x: \"\"" })
	void putWhenNotAllowedRefuses(String text) {
		Headers headers = new Headers();
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> headers.putAll(HeaderString.parse(text)));
		assertThat(headers.merged().names()).isEmpty();
	}

	@Test
	void putWhenNameDiffersInCaseReplaces() {
		Headers headers = new Headers();
		headers.putAll(Map.of("Authorization", "Basic old", "X-Key", "a"));
		headers.putAll(Map.of("authorization", "Basic new"));
		assertThat(Binding.values(headers.merged())).containsExactly(entry("authorization", "Basic new"),
				entry("X-Key", "a"));
	}

	@Test
	void putWhenPartOfAValueLooksLikeANameDoesNotQuoteIt() {
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> new Headers().putAll(HeaderString.parse("X-Key: a, s3cret part: b")))
			.satisfies((ex) -> assertThat(ex.problem()).contains("token").doesNotContain("s3cret"));
	}

}
