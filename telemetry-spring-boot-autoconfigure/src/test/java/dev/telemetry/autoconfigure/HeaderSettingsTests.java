package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.problem.Problem;
import dev.telemetry.sink.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Headers and metadata written as lists, in every place where they may be written. */
class HeaderSettingsTests {

	private final Binding binding = new Binding().with("telemetry.endpoint=https://collector.example.com",
			"telemetry.http.endpoint=https://events.example.com");

	@ParameterizedTest
	@ValueSource(strings = { "headers: ['Authorization: Bearer a', 'X-Team: \"b, c\"']",
			"headers:\n  - 'Authorization: Bearer a'\n  - 'X-Team: \"b, c\"'",
			"headers:\n  - Authorization: Bearer a\n  - X-Team: b, c",
			"headers:\n  Authorization: Bearer a\n  X-Team: b, c",
			"headers: 'Authorization: Bearer a, X-Team: \"b, c\"'" })
	void headersWhenTheyAreAListAreThoseOfAMap(String yaml) throws IOException {
		Map<String, String> expected = Map.of("authorization", "Bearer a", "x-team", "b, c");
		assertThat(lowerCase(otlp(this.binding.yaml(yaml)))).isEqualTo(expected);
		assertThat(this.binding.problems()).isEmpty();
		assertThat(lowerCase(otlp(spring("telemetry:\n  " + yaml.replace("\n", "\n  "))))).isEqualTo(expected);
		TelemetrySettings settings = spring("telemetry:\n  http:\n    " + yaml.replace("\n", "\n    ")).bind();
		assertThat(settings.sinks().http()).isNotNull();
		assertThat(lowerCase(settings.sinks().http().headers())).isEqualTo(expected);
	}

	@Test
	void headersWhenTheyAreAListInVariablesAreRead() {
		this.binding.variable("TELEMETRY_HEADERS_0", "Authorization: Bearer a")
			.variable("TELEMETRY_HEADERS_1", "X-Team: b")
			.variable("TELEMETRY_HTTP_HEADERS_0", "X-Other: c");
		TelemetrySettings settings = this.binding.bind();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(settings.sinks().otlp()).isNotNull();
		assertThat(Binding.values(settings.sinks().otlp().headers())).containsOnly(entry("authorization", "Bearer a"),
				entry("x-team", "b"));
		assertThat(settings.sinks().http()).isNotNull();
		assertThat(Binding.values(settings.sinks().http().headers())).containsOnly(entry("x-other", "c"));
	}

	@Test
	void headersWhenListsStandInSeveralSourcesAreMergedByName() {
		this.binding.yaml("headers: ['X-Team: low', 'X-Other: b']").variable("TELEMETRY_HEADERS_0", "x-team: high");
		assertThat(lowerCase(otlp(this.binding))).isEqualTo(Map.of("x-team", "high", "x-other", "b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers: [s3cret]", "headers: ['Authorization Bearer s3cret']", "headers: {'0': s3cret}",
			"headers: [': s3cret']", "headers: ['X-A: 1', 'X B: s3cret']", "headers: [\"X-A: s3cret\\u0001x\"]",
			"headers: [{name: X-A, value: s3cret}]", "headers: [[a, s3cret]]", "headers: ['X-A: ']",
			"headers: ['Content-Length: 3']", "headers: {'X A': s3cret}", "headers: [['X-A: s3cret']]",
			"headers: [[X-A: s3cret]]", "headers: {X-A: [s3cret]}", "headers: [X-A: [s3cret]]",
			"headers: {X-A: [{team: s3cret}]}" })
	void headersWhenTheyCannotBeMeantDisableTheSink(String yaml) throws IOException {
		for (Binding written : List.of(
				new Binding().with("telemetry.endpoint=https://collector.example.com").yaml(yaml),
				spring("telemetry:\n  " + yaml))) {
			assertThat(written.bind().sinks().otlp()).as(yaml).isNull();
			assertThat(written.problems()).isNotEmpty().allSatisfy((problem) -> {
				assertThat(problem.property()).isEqualTo("telemetry.headers");
				assertThat(problem.action()).isNotBlank();
				assertThat(problem.toString()).doesNotContain("s3cret");
			});
		}
	}

	@Test
	void headersWhenAnItemOccursTwiceDisableTheSink() {
		this.binding.variable("TELEMETRY_HEADERS_0", "X-A: s3cret").variable("TELEMETRY_HEADERS_00", "X-B: s3cret");
		TelemetrySettings.Sinks sinks = this.binding.bind().sinks();
		assertThat(sinks.otlp()).isNull();
		assertThat(sinks.http()).as("another sink").isNotNull();
		assertThat(this.binding.problems()).extracting(Problem::property).containsOnly("telemetry.headers");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "metadata: [blue]|telemetry.metadata.0",
			"metadata: ['team: blue']|telemetry.metadata.0", "metadata: [{team: blue}]|telemetry.metadata.0.team" })
	void metadataWhenItIsAListIsNoAttribute(String yaml, String property) throws IOException {
		for (Binding written : List.of(new Binding().yaml(yaml), spring("telemetry:\n  " + yaml))) {
			assertThat(written.bind().recording().metadata()).isEmpty();
			assertThat(written.problems()).extracting(Problem::property).containsExactly(property);
		}
	}

	@Test
	void metadataWhenItIsAListInVariablesIsNoAttribute() {
		this.binding.variable("TELEMETRY_METADATA_0", "blue").variable("TELEMETRY_METADATA_REGION", "north");
		assertThat(this.binding.bind().recording().metadata()).containsExactly(entry("region", "north"));
		assertThat(this.binding.problems()).extracting(Problem::property).containsExactly("telemetry.metadata.0");
	}

	private static Binding spring(String yaml) throws IOException {
		PropertySource<?> source = new YamlPropertySourceLoader()
			.load("application.yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		return new Binding()
			.with("telemetry.endpoint=https://collector.example.com",
					"telemetry.http.endpoint=https://events.example.com")
			.source(source);
	}

	private static HttpHeaders otlp(Binding binding) {
		TelemetrySettings.@Nullable Otlp otlp = binding.bind().sinks().otlp();
		assertThat(otlp).isNotNull();
		return otlp.headers();
	}

	private static Map<String, String> lowerCase(HttpHeaders headers) {
		Map<String, String> values = new TreeMap<>();
		headers.forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
		return values;
	}

}
