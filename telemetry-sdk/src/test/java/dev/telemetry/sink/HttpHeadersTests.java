package dev.telemetry.sink;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link HttpHeaders}. */
@Tag("T-04")
class HttpHeadersTests {

	private static final String SECRET = "SECRET-9f3";

	@Test
	void ofWhenValidKeepsNamesAndValues() {
		Map<String, String> seen = new LinkedHashMap<>();
		HttpHeaders.of(Map.of("x-api-key", " " + SECRET + "\ta ", "Authorization", "Bearer b")).forEach(seen::put);
		assertThat(seen).containsExactly(Map.entry("Authorization", "Bearer b"),
				Map.entry("x-api-key", SECRET + "\ta"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a:b", "a\r\nb", "é", "a\u0000", "(a)", "a\"b", "a,b" })
	void ofWhenNameIsNoTokenThrows(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpHeaders.of(Map.of(name, SECRET)))
			.withMessageContaining("must be a token")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET).matches("[ -~]*"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "content-length", "Transfer-Encoding", "CONNECTION", "Content-Type", "User-Agent",
			"Upgrade", "Expect" })
	void ofWhenNameIsReservedThrows(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpHeaders.of(Map.of(name, SECRET)))
			.withMessageContaining("'" + name + "'")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r\nX: y", "\n", "\u0000", "é", "\u007f", "\u001b[31m" })
	void ofWhenValueIsNotPrintableThrowsWithoutTheValue(String bad) {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpHeaders.of(Map.of("X-Key", SECRET + bad + "z")))
			.withMessageContaining("'X-Key'")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET));
	}

	@Test
	void ofWhenNameOccursTwiceThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpHeaders.of(Map.of("X-Key", "a", "x-key", "b")))
			.withMessageContaining("must not occur twice");
	}

	@Test
	void ofWhenValueIsBlankOrTooLongThrows() {
		assertThat(HttpHeaders.of(Map.of("X-Key", "a".repeat(8192))).names()).containsExactly("X-Key");
		for (String value : List.of("", " \t", "a".repeat(8193))) {
			assertThatIllegalArgumentException().isThrownBy(() -> HttpHeaders.of(Map.of("X-Key", value)))
				.withMessageContaining("'X-Key'");
		}
	}

	@Test
	void ofWhenThereAreTooManyThrows() {
		Map<String, String> headers = new LinkedHashMap<>();
		IntStream.range(0, 64).forEach((i) -> headers.put("X-" + i, "a"));
		assertThat(HttpHeaders.of(headers).names()).hasSize(64);
		headers.put("X-64", "a");
		assertThatIllegalArgumentException().isThrownBy(() -> HttpHeaders.of(headers)).withMessageContaining("64");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "X-Api-Key", "X-AUTH-TOKEN", "client-secret", "Cookie",
			"x-honeycomb-team", "X-Honeycomb-Dataset", "uptrace-dsn", "signoz-ingestion", "DD-API", "X-Scope-OrgID",
			"x", "accept-x" })
	void hasCredentialsWhenNameIsNotKnownToBeHarmlessReturnsTrue(String name) {
		assertThat(HttpHeaders.of(Map.of("Accept", "a", name, "a")).hasCredentials()).isTrue();
	}

	@Test
	void hasCredentialsWhenAllNamesAreHarmlessReturnsFalse() {
		assertThat(HttpHeaders.NONE.hasCredentials()).isFalse();
		assertThat(HttpHeaders.of(Map.of("ACCEPT", "a", "accept-language", "a", "Cache-Control", "a", "DNT", "1"))
			.hasCredentials()).isFalse();
	}

	@Test
	void toStringShowsNamesOnly() {
		assertThat(HttpHeaders.of(Map.of("X-Key", SECRET, "A", "b"))).hasToString("{A=******, X-Key=******}");
	}

}
