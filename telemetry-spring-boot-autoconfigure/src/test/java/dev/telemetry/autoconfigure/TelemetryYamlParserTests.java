package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.setting.TelemetryYamlParser;
import dev.telemetry.setting.WrongValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link TelemetryYamlParser} and {@link TelemetryYaml}.
 */
class TelemetryYamlParserTests {

	@ParameterizedTest
	@ValueSource(strings = { "file:\n  max_size: 5MB", "file.max-size: 5MB", "file:\n  maxSize: '5MB'" })
	void findWhenSpelledInAnyWayReturnsTheSetting(String text) {
		Setting setting = parse("# comment\n" + text).find("telemetry.file.max-size");
		assertThat(setting).isNotNull();
		assertThat(setting.text()).isEqualTo("5MB");
		assertThat(setting.origin()).startsWith("telemetry.yaml line ");
	}

	@Test
	void enabledWhenSetIsApartAndHasItsLine() {
		TelemetryYaml yaml = parse("batch_size: 5\n\nenabled: on\n");
		assertThat(yaml.enabled())
			.isEqualTo(new Setting("enabled", Spelling.DOTTED, "on", "telemetry.yaml line 3", false, false));
		assertThat(yaml.find("telemetry.enabled")).isNull();
		assertThat(yaml.list()).extracting(Setting::key).containsExactly("batch_size");
	}

	@Test
	void listWhenKeysBelongElsewhereLeavesThemOut() {
		TelemetryYaml yaml = parse(
				"home: /x\nfeature.enabled: false\nconsent:\n  detect_ci: false\nopt_in: true\n" + "batch-size: 5\n");
		assertThat(yaml.list()).extracting(Setting::key).containsExactly("batch-size");
		assertThat(yaml.ignored()).extracting(Setting::key)
			.containsExactly("home", "feature.enabled", "consent.detect_ci");
	}

	@Test
	void parseWhenValuesAreNoTextKeepsThemAsWritten() {
		TelemetryYaml yaml = parse(
				"debug: on\nbatch_size: 010\nendpoint:\nheaders: {X-Key: 1.50}\nweb.allowed-hosts: [a, b]");
		assertThat(yaml.list()).extracting(Setting::key, Setting::text)
			.containsExactly(tuple("debug", "on"), tuple("batch_size", "010"), tuple("endpoint", ""),
					tuple("headers.X-Key", "1.50"), tuple("web.allowed-hosts.0", "a"),
					tuple("web.allowed-hosts.1", "b"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "''|is empty, line 1, column 1",
			"'# only a comment'|is empty, line 1, column 1", "'just text'|is not a mapping, line 1, column 1",
			"'- a\n- b'|is not a mapping, line 1, column 1", "'a: 1\nb: [s3cret'|is not valid YAML, line 2",
			"'a: b: s3cret'|is not valid YAML, line 1, column 5",
			"'a: 1\n2: s3cret'|has a key that is not text, line 2, column 1",
			"'[a]: 1'|has a key that is not text, line 1, column 1", "'<<: {a: 1}'|has a key that is not text, line 1",
			"'batch_size: 1\nbatch-size: 2'|has a key twice, line 2, column 1",
			"'a: 1\na: 2'|has a key twice, line 2, column 1", "'a: &x {b: 1}\nc: *x'|has an anchor, line 1, column 1",
			"'a: !!javax.script.ScriptEngineManager [s3cret]'|is not valid YAML, line 1, column 4",
			"'a: !!binary czNjcmV0'|has a value of an unknown type, line 1, column 4",
			"'a: 1\n---\na: 2'|is not valid YAML, line", "'a: \tb\n\tc: d'|is not valid YAML, line 1" })
	void parseWhenBrokenNamesThePlaceAndNoContent(String text, String problem) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> parse(text))
			.satisfies((ex) -> assertThat(ex.problem()).startsWith(problem).doesNotContain("s3cret"));
	}

	@Test
	void parseWhenTooDeepOrNotUtf8Refuses() {
		assertThat(parse("a: ".concat("{a: ".repeat(5)).concat("1").concat("}".repeat(5))).list()).hasSize(1);
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> parse("a: ".concat("[".repeat(1000)).concat("]".repeat(1000))));
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> TelemetryYamlParser.parse(new byte[] { 'a', ':', ' ', (byte) 0xff }));
	}

	@Test
	void parseWhenTemplateKnowsEveryKeyAndConsentsToNothing() throws IOException {
		try (InputStream template = TelemetryYaml.class.getResourceAsStream("/dev/telemetry/telemetry.yaml.template")) {
			assertThat(template).isNotNull();
			TelemetryYaml yaml = TelemetryYamlParser.parse(template.readAllBytes());
			assertThat(yaml.enabled()).extracting(Setting::text).isEqualTo("false");
			assertThat(yaml.list()).extracting(Setting::key)
				.containsExactly("endpoint", "headers.Authorization", "local_path", "debug", "service_name",
						"service_namespace", "deployment_environment", "batch_size", "batch_timeout", "export_timeout");
			assertThat(yaml.list()).allSatisfy((setting) -> assertThat(KnownProperties.judge(setting)).isNull());
			assertThat(yaml.ignored()).isEmpty();
		}
	}

	private static TelemetryYaml parse(String text) {
		return TelemetryYamlParser.parse(text.getBytes(StandardCharsets.UTF_8));
	}

}
