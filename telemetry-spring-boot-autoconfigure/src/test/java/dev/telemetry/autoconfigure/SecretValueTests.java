package dev.telemetry.autoconfigure;

import java.util.Map;

import dev.telemetry.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets as they come out of stores of secrets: still encrypted, or with a line break.
 */
class SecretValueTests {

	private final Binding binding = new Binding().variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
		.variable("TELEMETRY_HTTP_ENDPOINT", "https://telemetry.example.com")
		.variable("TELEMETRY_POSTHOG_HOST", "https://eu.i.posthog.com")
		.variable("TELEMETRY_DATADOG_SITE", "datadoghq.eu");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "TELEMETRY_HEADERS_AUTHORIZATION|{cipher}AQBs3cret|telemetry.headers",
					"TELEMETRY_HEADERS_AUTHORIZATION|Bearer {cipher}AQBs3cret|telemetry.headers",
					"TELEMETRY_HEADERS_AUTHORIZATION|Basic ENC(s3cret)|telemetry.headers",
					"TELEMETRY_HEADERS|{cipher}AQBs3cret|telemetry.headers",
					"TELEMETRY_HEADERS|X-Team: {cipher}AQBs3cret, X-Other: a|telemetry.headers",
					"TELEMETRY_HEADERS|authorization=Bearer%20{cipher}AQBs3cret|telemetry.headers",
					"TELEMETRY_ENDPOINT|{cipher}AQBs3cret|telemetry.endpoint" })
	void valueThatIsStillEncryptedIsAProblemAndTheSinkIsNotCreated(String variable, String value, String property) {
		TelemetrySettings.Sinks sinks = this.binding.variable(variable, value).bind().sinks();
		assertThat(sinks.otlp()).isNull();
		assertThat(sinks.http()).as("the control").isNotNull();
		assertEncrypted(property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "TELEMETRY_HTTP_BEARERTOKEN|{cipher}AQBs3cret|telemetry.http.bearer-token",
					"TELEMETRY_HTTP_BEARERTOKEN|ENC(s3cret)|telemetry.http.bearer-token",
					"TELEMETRY_HTTP_HEADERS_X_KEY|{cipher}AQBs3cret|telemetry.http.headers" })
	void tokenThatIsStillEncryptedIsAProblemAndTheSinkIsNotCreated(String variable, String value, String property) {
		TelemetrySettings.Sinks sinks = this.binding.variable(variable, value).bind().sinks();
		assertThat(sinks.http()).isNull();
		assertThat(sinks.otlp()).as("the control").isNotNull();
		assertEncrypted(property);
	}

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_POSTHOG_APIKEY, telemetry.posthog.api-key",
			"TELEMETRY_DATADOG_APIKEY, telemetry.datadog.api-key",
			"TELEMETRY_SEGMENT_WRITEKEY, telemetry.segment.write-key" })
	void keyThatIsStillEncryptedIsAProblemAndTheSinkIsNotCreated(String variable, String property) {
		Map<VendorSink, TelemetrySettings.Vendor> vendors = this.binding.variable("TELEMETRY_POSTHOG_APIKEY", "phc_abc")
			.variable("TELEMETRY_DATADOG_APIKEY", "abc")
			.variable(variable, "{cipher}AQBs3cret")
			.bind()
			.sinks()
			.vendors();
		assertThat(vendors.get(VendorSink.POSTHOG) == null).isEqualTo(variable.contains("POSTHOG"));
		assertThat(vendors.get(VendorSink.DATADOG) == null).isEqualTo(variable.contains("DATADOG"));
		assertThat(vendors.get(VendorSink.SEGMENT)).isNull();
		assertEncrypted(property);
	}

	private void assertEncrypted(String property) {
		assertThat(this.binding.problems()).filteredOn((problem) -> problem.property().equals(property))
			.singleElement()
			.satisfies((problem) -> {
				assertThat(problem.problem()).isEqualTo("is still encrypted");
				assertThat(problem.action()).contains("the key that decrypts it");
				assertThat(problem.origin()).startsWith("environment ");
			});
		assertThat(this.binding.problems()).noneMatch((problem) -> problem.toString().contains("s3cret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Cipher: none", "X-Key: abcENC(d)", "X-Key: {cipher", "X-Key: cipher}a", "X-Key: ENC" })
	void valueThatOnlyLooksLikeItIsTaken(String headers) {
		assertThat(this.binding.variable("TELEMETRY_HEADERS", headers).bind().sinks().otlp()).isNotNull();
		assertThat(this.binding.problems()).filteredOn((problem) -> problem.property().startsWith("telemetry.headers"))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_HEADERS_AUTHORIZATION, Bearer s3cret, telemetry.headers",
			"TELEMETRY_HEADERS, Authorization: Bearer s3cret, telemetry.headers",
			"TELEMETRY_HTTP_BEARERTOKEN, s3cret, telemetry.http.bearer-token",
			"TELEMETRY_HTTP_HEADERS_X_KEY, s3cret, telemetry.http.headers",
			"TELEMETRY_SEGMENT_WRITEKEY, s3cret, telemetry.segment.write-key" })
	void lineBreakAtTheEndOfASecretIsLeftOutAndNamed(String variable, String value, String property) {
		for (String lineBreak : new String[] { "\n", "\r\n", "\n\n" }) {
			Binding one = new Binding().variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
				.variable("TELEMETRY_HTTP_ENDPOINT", "https://telemetry.example.com")
				.variable(variable, value + lineBreak);
			TelemetrySettings.Sinks sinks = one.bind().sinks();
			assertThat(one.problems()).singleElement().satisfies((problem) -> assertLineBreak(problem, property));
			assertThat(sinks.otlp()).isNotNull();
			assertThat(sinks.http()).isNotNull();
			sinks.otlp().headers().forEach((name, sent) -> assertThat(sent).isEqualTo("Bearer s3cret"));
			sinks.http().headers().forEach((name, sent) -> assertThat(sent).matches("(Bearer )?s3cret"));
			assertThat((sinks.vendors().get(VendorSink.SEGMENT) != null) ? sinks.vendors().get(VendorSink.SEGMENT).key()
					: "s3cret")
				.isEqualTo("s3cret");
		}
	}

	private static void assertLineBreak(Problem problem, String property) {
		assertThat(problem.property()).isEqualTo(property);
		assertThat(problem.problem()).isEqualTo("has a line break at its beginning or end, which is left out");
		assertThat(problem.action()).isEqualTo("remove it from where the value is kept");
		assertThat(problem.toString()).doesNotContain("s3cret");
	}

	@Test
	void lineBreakWithinASecretIsRefused() {
		TelemetrySettings.Sinks sinks = this.binding.variable("TELEMETRY_HEADERS_X_KEY", "s3c\nret").bind().sinks();
		assertThat(sinks.otlp()).isNull();
		assertThat(this.binding.problems()).anyMatch((problem) -> problem.property().equals("telemetry.headers"));
	}

	@Test
	void lineBreakElsewhereIsNoProblem() {
		this.binding.variable("TELEMETRY_SERVICE_NAME", "desk\n")
			.variable("TELEMETRY_HEADERS", "X-One: a,\n X-Two: b\n")
			.bind();
		assertThat(this.binding.problems()).noneMatch((problem) -> problem.problem().contains("line break"));
	}

}
