package dev.telemetry.setting;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OtlpEndpoint}.
 */
@Tag("T-10")
class OtlpEndpointTests {

	@ParameterizedTest
	@CsvSource({ "https://a.example.com, , https://a.example.com/v1/logs, LOGS",
			"https://a.example.com/, TRACES, https://a.example.com/v1/traces, TRACES",
			"https://a.example.com:4318/otlp, , https://a.example.com:4318/otlp/v1/logs, LOGS",
			"https://a.example.com/otlp/, LOGS, https://a.example.com/otlp/v1/logs, LOGS",
			"https://a.example.com/v1/traces, , https://a.example.com/v1/traces, TRACES",
			"https://a.example.com/otlp/v1/logs/, LOGS, https://a.example.com/otlp/v1/logs, LOGS",
			"HTTPS://a.example.com/a%20b, , https://a.example.com/a%20b/v1/logs, LOGS" })
	void parseWhenAddressIsRightGivesSignalAndPath(String text, OtlpSignal declared, String uri, OtlpSignal signal) {
		OtlpEndpoint endpoint = OtlpEndpoint.parse(text, declared);
		assertThat(endpoint.uri()).hasToString(uri);
		assertThat(endpoint.signal()).isEqualTo(signal);
	}

	@ParameterizedTest
	@ValueSource(strings = { "collector.example.com", "//a.example.com", "ftp://a.example.com", "https:///v1/logs",
			"https:a.example.com", "https://user:pw@a.example.com", "https://a.example.com:0",
			"https://a.example.com:70000", "https://a_b.example.com", "https://a.example.com/?key=s",
			"https://a.example.com/#x", "https://a.example.com/v1/metrics", "https://a.example.com/a b",
			"https://a.example.com/\n", "https://a.example.com,https://b.example.com", "https://caf\u00e9.example.com",
			"https://[::1", "" })
	void parseWhenAddressIsWrongRefusesWithoutQuotingIt(String text) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> OtlpEndpoint.parse(text, null))
			.satisfies((ex) -> assertThat(ex.problem() + ex.action()).doesNotContain("pw", "key=s", "a b"));
	}

	@Test
	void parseWhenTooLongRefuses() {
		String base = "https://a.example.com/";
		assertThat(OtlpEndpoint.parse(base + "x".repeat(2048 - base.length()), null)).isNotNull();
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> OtlpEndpoint.parse(base + "x".repeat(2049 - base.length()), null));
	}

	@Test
	void parseWhenSignalContradictsPathRefuses() {
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> OtlpEndpoint.parse("https://a.example.com/v1/logs", OtlpSignal.TRACES))
			.satisfies((ex) -> assertThat(ex.problem()).contains("telemetry.signal"));
	}

	@ParameterizedTest
	@CsvSource({ "https://a.example.com, false", "http://a.example.com, true", "HTTP://a.example.com, true",
			"http://localhost:4318, false", "http://LOCALHOST, false", "http://127.0.0.1:4318, false",
			"http://127.9.9.9, false", "http://[::1]:4318, false", "http://[0:0:0:0:0:0:0:1], false",
			"http://[::ffff:127.0.0.1], false", "http://10.0.0.1, true", "http://[2001:db8::1], true",
			"http://0.0.0.0, true", "http://localhost.example.com, true", "http://127.0.0.1.example.com, true",
			"http://collector, true" })
	void isInsecureWhenPlainHttpBeyondLoopbackLiteralsReturnsTrue(String text, boolean insecure) {
		assertThat(OtlpEndpoint.isInsecure(OtlpEndpoint.parse(text, null).uri())).isEqualTo(insecure);
	}

}
