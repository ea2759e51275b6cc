package dev.telemetry.autoconfigure;

import java.time.Duration;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link VendorSinkSettings}. */
class VendorSinkSettingsTests {

	private final Binding binding = new Binding();

	@Test
	void bindWhenEverythingIsConfiguredGivesIt() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.posthog.host=https://eu.i.posthog.com/", "telemetry.posthog.api-key=phc_s3cret",
					"telemetry.segment.host=https://proxy.example.com/segment/", "telemetry.segment.write-key=s3cret",
					"telemetry.compression=none", "telemetry.export-timeout=3", "telemetry.ssl.bundle=vendors")
			.bind()
			.sinks();
		assertThat(this.binding.problems()).isEmpty();
		TelemetrySettings.Vendor posthog = sinks.vendors().get(VendorSink.POSTHOG);
		assertThat(posthog).isNotNull();
		assertThat(posthog.endpoint()).hasToString("https://eu.i.posthog.com/batch/");
		assertThat(posthog.key()).isEqualTo("phc_s3cret");
		TelemetrySettings.Vendor segment = sinks.vendors().get(VendorSink.SEGMENT);
		assertThat(segment).isNotNull();
		assertThat(segment.endpoint()).hasToString("https://proxy.example.com/segment/v1/batch");
		assertThat(segment.key()).isEqualTo("s3cret");
		assertThat(segment.compression()).isEqualTo(Compression.NONE);
		assertThat(segment.exportTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(segment.sslBundle()).isEqualTo("vendors");
		assertThat(sinks.toString()).doesNotContain("s3cret");
	}

	@Test
	void bindWhenOnlyTheKeyOfSegmentIsConfiguredSendsToSegment() {
		TelemetrySettings.Vendor segment = this.binding.variable("TELEMETRY_SEGMENT_WRITE_KEY", "s3cret")
			.bind()
			.sinks()
			.vendors()
			.get(VendorSink.SEGMENT);
		assertThat(segment).isNotNull();
		assertThat(segment.endpoint()).hasToString("https://api.segment.io/v1/batch");
		assertThat(this.binding.problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "us5.datadoghq.com, https://http-intake.logs.us5.datadoghq.com/api/v2/logs",
			"datadoghq.eu, https://http-intake.logs.datadoghq.eu/api/v2/logs",
			"https://pipeline.example.com/dd/, https://pipeline.example.com/dd/api/v2/logs" })
	void bindFindsTheIntakeOfADatadogSite(String site, String endpoint) {
		TelemetrySettings.Vendor datadog = this.binding.with("telemetry.datadog.site=" + site)
			.variable("TELEMETRY_DATADOG_API_KEY", "s3cret")
			.bind()
			.sinks()
			.vendors()
			.get(VendorSink.DATADOG);
		assertThat(datadog).isNotNull();
		assertThat(datadog.endpoint()).hasToString(endpoint);
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void bindReadsTheFileInTheHome() {
		TelemetrySettings.Sinks sinks = this.binding.yaml("""
				posthog:
				  host: "https://eu.i.posthog.com"
				  api_key: "phc_s3cret"
				segment:
				  write_key: "s3cret"
				""").bind().sinks();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(sinks.vendors().get(VendorSink.POSTHOG)).isNotNull();
		assertThat(sinks.vendors().get(VendorSink.SEGMENT)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"posthog.api-key=phc_s3cret|posthog.api-key|is of no use without telemetry.posthog.host: nothing is sent",
			"posthog.host=https://eu.i.posthog.com|posthog.host|is of no use without telemetry.posthog.api-key: nothing is sent",
			"segment.host=https://api.segment.io|segment.host|is of no use without telemetry.segment.write-key: nothing is sent",
			"posthog.api-key=phx_s3cret|posthog.api-key|is a personal key, which opens the project to anyone who finds it",
			"posthog.api-key=s3cret\"}|posthog.api-key|is no key",
			"segment.write-key=s3cret:x|segment.write-key|is no key",
			"posthog.host=eu.i.posthog.com|posthog.host|is not an absolute http or https address",
			"posthog.host=https://s3cret@eu.i.posthog.com|posthog.host|has user information",
			"segment.host=https://api.segment.io?k=s3cret|segment.host|has a query or fragment",
			"datadog.site=app.datadoghq.com|datadog.site|is no site of Datadog",
			"datadog.site=datadoghq.eu|datadog.site|is of no use without telemetry.datadog.api-key: nothing is sent",
			"datadog.api-key=s3cret|datadog.api-key|is of no use without telemetry.datadog.site: nothing is sent",
			"datadog.api-key=s3cret:x|datadog.api-key|is no key" })
	void bindWhenASettingIsWrongDoesNotCreateTheSinkAndShowsNoValue(String pair, String property, String problem) {
		TelemetrySettings.Sinks sinks = this.binding.with("telemetry." + pair).bind().sinks();
		assertThat(sinks.vendors()).isEmpty();
		assertThat(sinks.disabled()).containsOnlyKeys(property.substring(0, 7));
		assertThat(this.binding.problems()).singleElement().satisfies((found) -> {
			assertThat(found.property()).isEqualTo("telemetry." + property);
			assertThat(found.problem()).isEqualTo(problem);
			assertThat(found.toString()).doesNotContain("s3cret");
		});
	}

	@ParameterizedTest
	@CsvSource({ "posthog.host, posthog.api-key, false", "posthog.host, posthog.api-key, true",
			"segment.host, segment.write-key, false", "segment.host, segment.write-key, true",
			"datadog.site, datadog.api-key, true" })
	void keyIsNeverSentInPlainTextToAnotherMachine(String host, String key, boolean allowed) {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry." + host + "=http://vendor.example.com", "telemetry." + key + "=a",
					"telemetry.allow-insecure=" + allowed)
			.bind()
			.sinks();
		assertThat(sinks.vendors()).isEmpty();
		assertThat(this.binding.problems()).extracting(Problem::problem)
			.containsExactly("would send credentials in plain text: nothing is sent");
	}

	@Test
	void plainHttpToThisMachineIsFine() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.posthog.host=http://127.0.0.1:8000", "telemetry.posthog.api-key=phc_a")
			.bind()
			.sinks();
		assertThat(sinks.vendors().get(VendorSink.POSTHOG)).isNotNull();
		assertThat(this.binding.problems()).isEmpty();
	}

}
