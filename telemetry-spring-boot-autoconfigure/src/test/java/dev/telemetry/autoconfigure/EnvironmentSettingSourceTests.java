package dev.telemetry.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.EventOverride;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.SettingSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link EnvironmentSettingSource}, alone and in a binding.
 */
class EnvironmentSettingSourceTests {

	private final Binding binding = new Binding();

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_LOCAL_ONLY, telemetry.local-only", "TELEMETRY_LOCALONLY, telemetry.local-only",
			"TELEMETRY_LOCAL, telemetry.local", "TELEMETRY_LOCAL_PATH, telemetry.local-path",
			"TELEMETRY_SERVICE_NAME, telemetry.service-name", "TELEMETRY_MACHINE_ID_MODE, telemetry.machine-id.mode",
			"TELEMETRY_MACHINEID_MODE, telemetry.machine-id.mode", "TELEMETRY_FILE_MAX_SIZE, telemetry.file.max-size",
			"TELEMETRY_SHUT_DOWN_TIMEOUT, telemetry.shutdown-timeout", "TELEMETRY_OPT_IN, telemetry.opt-in",
			"telemetry.batch-size, telemetry.batch-size" })
	void findWhenSeparatorsDifferFindsTheVariable(String variable, String name) {
		SettingSource source = source(Map.of(variable, "x"));
		assertThat(source.find(name)).isNotNull()
			.satisfies((setting) -> assertThat(setting.origin()).isEqualTo("environment " + variable));
		assertThat(source.find("telemetry.endpoint")).isNull();
	}

	@Test
	void findWhenSpelledTwiceTakesTheOneWithFewerSeparators() {
		SettingSource source = source(
				Map.of("TELEMETRY_BATCH_SIZE", "1", "TELEMETRY_BATCHSIZE", "2", "TELEMETRY_B_ATCH_SIZE", "3"));
		assertThat(source.find("telemetry.batch-size")).extracting(Setting::text).isEqualTo("2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TELEMETRY_SERVICE_HOST", "TELEMETRY_SERVICE_PORT", "TELEMETRY_SERVICE_PORT_HTTP",
			"TELEMETRY_PORT", "TELEMETRY_PORT_4318_TCP_ADDR" })
	void listWhenInjectedByKubernetesIgnoresIt(String variable) {
		assertThat(source(Map.of(variable, "x", "TELEMETRY_SERVICE_NAME", "y")).list()).extracting(Setting::text)
			.containsExactly("y");
		this.binding.variable(variable, "tcp://10.0.0.1:80").bind();
		assertThat(this.binding.problems()).isEmpty();
	}

	/** A service called {@code telemetry-collector}, or like one of our properties. */
	@ParameterizedTest
	@ValueSource(strings = { "COLLECTOR", "METADATA", "HEADERS", "EVENTS", "HTTP", "HTTP_HEADERS", "LOCAL", "ENDPOINT",
			"KAFKA", "WEB_ALLOWED_HOSTS", "SPECS", "MY_OTEL_COLLECTOR" })
	void listWhenKubernetesTellsOfAServiceIgnoresIt(String infix) {
		String name = "TELEMETRY_" + infix + "_";
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put(name + "SERVICE_HOST", "10.0.0.1");
		variables.put(name + "SERVICE_PORT", "4318");
		variables.put(name + "SERVICE_PORT_OTLP_HTTP", "4318");
		variables.put(name + "PORT", "tcp://10.0.0.1:4318");
		for (String protocol : List.of("TCP", "UDP", "SCTP")) {
			String port = name + "PORT_4318_" + protocol;
			variables.put(port, protocol.toLowerCase(Locale.ROOT) + "://10.0.0.1:4318");
			variables.put(port + "_PROTO", protocol.toLowerCase(Locale.ROOT));
			variables.put(port + "_PORT", "4318");
			variables.put(port + "_ADDR", "10.0.0.1");
		}
		variables.forEach(this.binding::variable);
		TelemetrySettings settings = this.binding.variable("TELEMETRY_METADATA_REGION", "north").bind();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(this.binding.cap()).isNull();
		assertThat(settings.recording().metadata()).containsExactly(entry("region", "north"));
		assertThat(source(Map.copyOf(variables)).list()).isEmpty();
	}

	@Test
	void listWhenAPortIsNoServiceReadsIt() {
		TelemetrySettings settings = this.binding.variable("TELEMETRY_METADATA_PORT", "8080")
			.variable("TELEMETRY_METADATA_PORT_NAME", "web")
			.variable("TELEMETRY_METADATA_TRANSPORT", "tcp://x")
			.variable("TELEMETRY_EVENTS_SERVICE_PORT_ENABLED", "false")
			.variable("TELEMETRY_COLLECTOR_PORTS", "1")
			.bind();
		assertThat(settings.recording().metadata()).containsOnly(entry("port", "8080"), entry("port_name", "web"),
				entry("transport", "tcp://x"));
		assertThat(settings.recording().overrides()).containsExactly(new EventOverride("service.port", false, 1));
		assertThat(this.binding.problems()).extracting(Problem::property).containsExactly("telemetry.collector-ports");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TELEMETRYBATCHSIZE", "MY_TELEMETRY_DEBUG", "TELEMETRY" })
	void listWhenNotOursIgnoresIt(String variable) {
		assertThat(source(Map.of(variable, "x")).list()).isEmpty();
	}

	@Test
	void bindWhenVariableIsMisspeltSaysSo() {
		this.binding.variable("TELEMETRY_ENDPIONT", "https://a.example.com").bind();
		assertThat(this.binding.problems()).singleElement()
			.hasToString("telemetry.endpiont (environment TELEMETRY_ENDPIONT): unknown property; "
					+ "did you mean telemetry.endpoint?");
	}

	@Test
	void bindWhenMapsAreInVariablesReadsThem() {
		TelemetrySettings settings = this.binding.variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
			.variable("TELEMETRY_HEADERS", "X-Scope: a, Authorization: Basic b")
			.variable("TELEMETRY_HEADERS_X_KEY", "c")
			.variable("TELEMETRY_METADATA_TEAM_NAME", "blue")
			.variable("TELEMETRY_WEB_ALLOWEDHOSTS_0", "a.example.com")
			.bind();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(settings.recording().metadata()).containsExactly(entry("team_name", "blue"));
		assertThat(settings.allowedHosts()).containsExactly("a.example.com");
		assertThat(settings.sinks().otlp()).isNotNull();
		assertThat(Binding.values(settings.sinks().otlp().headers())).containsOnly(entry("x-scope", "a"),
				entry("authorization", "Basic b"), entry("x-key", "c"));
	}

	@Test
	void bindWhenHeadersStandInSeveralSourcesMergesByNameAndTheFirstSourceWins() {
		TelemetrySettings settings = this.binding.variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
			.variable("TELEMETRY_HEADERS", "Authorization: low, X-Scope: a")
			.with("telemetry.headers.authorization=high")
			.bind();
		assertThat(settings.sinks().otlp()).isNotNull();
		assertThat(Binding.values(settings.sinks().otlp().headers())).containsOnly(entry("authorization", "high"),
				entry("x-scope", "a"));
	}

	@Test
	void bindWhenAliasOfLocalOnlyIsWrongStaysLocal() {
		assertThat(this.binding.variable("TELEMETRY_LOCAL", "maybe").cap()).isNotNull();
		assertThat(new Binding().variable("TELEMETRY_LOCAL", "0").cap()).isNull();
		assertThat(new Binding().variable("TELEMETRY_LOCAL", "1").with("telemetry.local-only=false").cap()).isNotNull();
	}

	@Test
	void findWhenApplicationHasAPrefixUsesIt() {
		SettingSource source = SettingSources
			.variables(new PrefixedSource(Map.of("ACME_TELEMETRY_DEBUG", "x", "TELEMETRY_ENDPOINT", "y")));
		assertThat(source.list()).extracting(Setting::key, Setting::origin)
			.containsExactly(tuple("DEBUG", "environment ACME_TELEMETRY_DEBUG"));
	}

	private static SettingSource source(Map<String, Object> variables) {
		return SettingSources.variables(new SystemEnvironmentPropertySource("systemEnvironment", variables));
	}

	/** As Spring Boot makes it for {@code SpringApplication.setEnvironmentPrefix}. */
	private static final class PrefixedSource extends SystemEnvironmentPropertySource implements PropertySourceInfo {

		PrefixedSource(Map<String, Object> variables) {
			super("systemEnvironment", variables);
		}

		@Override
		public String getPrefix() {
			return "acme";
		}

	}

}
