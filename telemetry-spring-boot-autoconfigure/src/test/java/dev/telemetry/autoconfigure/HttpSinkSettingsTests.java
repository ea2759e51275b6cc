package dev.telemetry.autoconfigure;

import java.net.URI;
import java.time.Duration;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

/** Tests for {@link HttpSinkSettings} and {@link ConnectionSettingSource}. */
@Tag("T-18")
class HttpSinkSettingsTests {

	private final Binding binding = new Binding();

	@Test
	void bindWhenEverythingIsConfiguredGivesIt() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.http.endpoint=https://telemetry.example.com/events", "telemetry.http.headers.X-Key=abc",
					"telemetry.http.bearer-token=a.b-c_d~e+f/g==", "telemetry.compression=none",
					"telemetry.export-timeout=3", "telemetry.ssl.bundle=collectors")
			.bind()
			.sinks();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(sinks.insecure()).isNull();
		assertThat(sinks.otlp()).isNull();
		TelemetrySettings.Http http = sinks.http();
		assertThat(http).isNotNull();
		assertThat(http.endpoint()).hasToString("https://telemetry.example.com/events");
		assertThat(Binding.values(http.headers())).containsExactly(entry("Authorization", "Bearer a.b-c_d~e+f/g=="),
				entry("X-Key", "abc"));
		assertThat(http.compression()).isEqualTo(Compression.NONE);
		assertThat(http.exportTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(http.sslBundle()).isEqualTo("collectors");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTPS", "Https" })
	void bindReadsASchemeInAnyCase(String scheme) {
		String address = scheme + "://a.example.com";
		TelemetrySettings settings = this.binding
			.with("telemetry.endpoint=" + address, "telemetry.http.endpoint=" + address + "/events",
					"telemetry.posthog.host=" + address, "telemetry.posthog.api-key=phc_a",
					"telemetry.segment.host=" + address, "telemetry.segment.write-key=a",
					"telemetry.datadog.site=" + address, "telemetry.datadog.api-key=a",
					"telemetry.deletion.http.url=" + address + "/forget")
			.bind();
		TelemetrySettings.Sinks sinks = settings.sinks();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(sinks.otlp().endpoint().uri()).hasToString("https://a.example.com/v1/logs");
		assertThat(sinks.http().endpoint()).hasToString("https://a.example.com/events");
		assertThat(sinks.vendors().get(VendorSink.POSTHOG).endpoint().toString()).startsWith("https://a.example.com/");
		assertThat(sinks.vendors().get(VendorSink.SEGMENT).endpoint().toString()).startsWith("https://a.example.com/");
		assertThat(sinks.vendors().get(VendorSink.DATADOG).endpoint().toString()).startsWith("https://a.example.com");
		assertThat(settings.deletion().url()).hasToString("https://a.example.com/forget");
	}

	@Test
	void bindWhenOnlyHeadersAreConfiguredGivesNoSink() {
		TelemetrySettings.Sinks sinks = this.binding.with("telemetry.http.bearer-token=abc").bind().sinks();
		assertThat(sinks.http()).isNull();
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void bindReadsVariablesAndTheHeadersOfEachSinkApart() {
		TelemetrySettings.Sinks sinks = this.binding
			.variable("TELEMETRY_HTTP_ENDPOINT", "https://telemetry.example.com")
			.variable("TELEMETRY_HTTP_HEADERS_X_API_KEY", "one")
			.variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
			.variable("TELEMETRY_HEADERS", "X-Api-Key: two")
			.bind()
			.sinks();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(sinks.http()).isNotNull();
		assertThat(sinks.otlp()).isNotNull();
		assertThat(Binding.values(sinks.http().headers())).containsExactly(entry("x-api-key", "one"));
		assertThat(Binding.values(sinks.otlp().headers())).containsExactly(entry("x-api-key", "two"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "telemetry.http.endpoint=https://u:s3cret@a.example.com|telemetry.http.endpoint",
					"telemetry.http.endpoint=https://a.example.com/?key=s3cret|telemetry.http.endpoint",
					"telemetry.http.endpoint=ftp://a.example.com|telemetry.http.endpoint",
					"telemetry.http.headers=s3cret|telemetry.http.headers",
					"telemetry.http.headers.X-Key=s3cret\\r\\nX: y|telemetry.http.headers",
					"telemetry.http.headers.Content-Length=3|telemetry.http.headers",
					"telemetry.http.bearer-token=s3cret\\r\\nX: y|telemetry.http.bearer-token",
					"telemetry.http.bearer-token=two words|telemetry.http.bearer-token",
					"telemetry.http.bearer-token=${NOPE}|telemetry.http.bearer-token" })
	void bindWhenASettingIsWrongDoesNotCreateTheSinkAndShowsNoValue(String pair, String property) {
		TelemetrySettings.Sinks sinks = this.binding
			.variable("TELEMETRY_HTTP_ENDPOINT", "https://telemetry.example.com")
			.variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
			.with(pair.replace("\\r\\n", "\r\n"))
			.bind()
			.sinks();
		assertThat(sinks.http()).isNull();
		assertThat(sinks.otlp()).isNotNull();
		assertThat(sinks.disabled()).containsExactly(entry("http", property + " cannot be used"));
		assertThat(this.binding.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo(property);
			assertThat(problem.toString()).doesNotContain("s3cret", "two words");
		});
	}

	@Test
	void bindWhenPlainHttpToAnotherMachineDoesNotCreateTheSink() {
		TelemetrySettings.Sinks sinks = this.binding.with("telemetry.http.endpoint=http://telemetry.example.com")
			.bind()
			.sinks();
		assertThat(sinks.http()).isNull();
		assertThat(this.binding.problems()).extracting(Problem::property, Problem::action)
			.containsExactly(tuple("telemetry.http.endpoint", "use https, or set telemetry.allow-insecure"));
	}

	@Test
	void bindWhenInsecureIsAllowedWarnsOnly() {
		this.binding.with("telemetry.http.endpoint=http://telemetry.example.com", "telemetry.allow-insecure=true");
		assertThat(this.binding.bind().sinks().http()).isNotNull();
		assertThat(this.binding.problems()).extracting(Problem::action).containsExactly("use https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.http.bearer-token=abc", "telemetry.http.headers.X-Api-Key=abc",
			"telemetry.http.headers.x-honeycomb-team=abc", "telemetry.http.headers=uptrace-dsn: abc" })
	void bindWhenInsecureWithCredentialsDoesNotCreateTheSink(String credentials) {
		this.binding.with("telemetry.http.endpoint=http://telemetry.example.com", "telemetry.allow-insecure=true",
				credentials);
		assertThat(this.binding.bind().sinks().http()).isNull();
		assertThat(this.binding.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.problem()).contains("credentials in plain text"));
	}

	@Test
	void bindWhenConnectionDetailsAreThereTheyWinOverProperties() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.endpoint=https://a.example.com", "telemetry.http.endpoint=https://b.example.com",
					"telemetry.http.bearer-token=abc")
			.bind(details("http://localhost:4318/v1/traces", "http://127.0.0.1:8080/events"))
			.sinks();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(sinks.otlp().endpoint().uri()).hasToString("http://localhost:4318/v1/traces");
		assertThat(sinks.http().endpoint()).hasToString("http://127.0.0.1:8080/events");
		assertThat(Binding.values(sinks.http().headers())).containsOnlyKeys("Authorization");
	}

	@Test
	void bindWhenConnectionDetailsAreWrongSaysWhereTheyComeFrom() {
		TelemetrySettings.Sinks sinks = this.binding.with("telemetry.endpoint=https://a.example.com")
			.bind(details("http://collector.example.com", null))
			.sinks();
		assertThat(sinks.insecure()).isEqualTo("telemetry.endpoint is neither https nor loopback");
		assertThat(this.binding.problems()).extracting(Problem::origin).containsExactly("connection details");
	}

	@Test
	void bindWhenConnectionDetailsBreakUsesThePropertiesAndSaysSo() {
		TelemetrySettings.Sinks sinks = this.binding.with("telemetry.endpoint=https://a.example.com")
			.bind(new TelemetryConnectionDetails() {

				@Override
				public URI otlpEndpoint() {
					throw new IllegalStateException("s3cret");
				}

			})
			.sinks();
		assertThat(sinks.otlp().endpoint().uri()).hasToString("https://a.example.com/v1/logs");
		assertThat(this.binding.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.toString()).contains("TelemetryConnectionDetails")
				.doesNotContain("s3cret"));
	}

	private static TelemetryConnectionDetails details(String otlp, @Nullable String http) {
		return new TelemetryConnectionDetails() {

			@Override
			public URI otlpEndpoint() {
				return URI.create(otlp);
			}

			@Override
			public @Nullable URI httpEndpoint() {
				return (http != null) ? URI.create(http) : null;
			}

		};
	}

}
