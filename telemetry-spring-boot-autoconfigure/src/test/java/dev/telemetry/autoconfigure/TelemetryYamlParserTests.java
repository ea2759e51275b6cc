package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
		assertThat(yaml.all()).extracting(Setting::key)
			.containsExactly("home", "feature.enabled", "consent.detect_ci", "opt_in", "batch-size");
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
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "`just text`|line 1: not 'key: value' lines",
			"`\n- a\n- b`|line 2: not 'key: value' lines", "`a: 1\nb: [s3cret`|line 2: unclosed bracket",
			"`a: 1\nb: {c: s3cret`|line 2: unclosed brace",
			"`a: b: s3cret`|line 1: a second colon in one line, without quotes",
			"`a: 1\nlocal-only: \"true\nb: s3cret\n`|line 2: unclosed quote",
			"`a: 1\n\nlocal-only: 'true\nb: s3cret`|line 3: unclosed quote",
			"`a: \"\\s3cret\"`|line 1: unknown escape after a backslash",
			"`a: 1\ns3cret\nb: 2`|line 2: a line without a colon",
			"`a: 1\n  b: s3cret`|line 2: a second colon in one line, without quotes",
			"`a:\n    b: 1\n  c: s3cret`|line 3: wrong indentation", "`a: 1\n2: s3cret`|line 2: a key that is not text",
			"`[a]: 1`|line 1: a key that is not text", "`<<: {a: 1}`|line 1: a key that is not text",
			"`batch_size: 1\nbatch-size: 2`|line 2: a key that occurs twice",
			"`a: 1\na: 2`|line 2: a key that occurs twice", "`a: &x {b: 1}\nc: *x`|line 1: an anchor",
			"`a: &x [&y [s3cret], *x]`|line 1: an anchor", "`a: *nowhere`|line 1: not valid YAML",
			"`a: !!javax.script.ScriptEngineManager [s3cret]`|line 1: not valid YAML",
			"`a: !!binary czNjcmV0`|line 1: a value of an unknown type",
			"`a: 1\n---\na: 2`|line 2: more than one document", "`a:\n\tb: c`|line 2: a tab, where YAML wants spaces" })
	void parseWhenBrokenNamesTheLineAndNoContent(String text, String problem) {
		assertThatExceptionOfType(WrongValueException.class).isThrownBy(() -> parse(text))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem).doesNotContain("s3cret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "# only a comment", "---", "--- ~\n", "null" })
	void parseWhenThereIsNothingInItSaysNothing(String text) {
		assertThat(parse(text).all()).isEmpty();
	}

	@Test
	void parseWhenCollectionsAreEmptyAreNotUnset() {
		assertThat(parse("local-only: []\nundeclared: {}").list()).extracting(Setting::key, Setting::text)
			.containsExactly(tuple("local-only.0", ""), tuple("undeclared.0", ""));
	}

	@Test
	void parseWhenThereIsAByteOrderMarkFollowsIt() {
		String text = "local-only: true\r\n";
		for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
			assertThat(TelemetryYamlParser.parse(("\uFEFF" + text).getBytes(charset)).list()).as(charset.name())
				.extracting(Setting::key, Setting::text)
				.containsExactly(tuple("local-only", "true"));
		}
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> TelemetryYamlParser.parse(text.getBytes(StandardCharsets.UTF_16LE)));
	}

	@Test
	void parseWhenTooDeepOrNotUtf8Refuses() {
		assertThat(parse("a: ".concat("{a: ".repeat(5)).concat("1").concat("}".repeat(5))).list()).hasSize(1);
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> parse("a: ".concat("[".repeat(1000)).concat("]".repeat(1000))));
		assertThatExceptionOfType(WrongValueException.class)
			.isThrownBy(() -> TelemetryYamlParser.parse(new byte[] { 'a', ':', ' ', (byte) 0xff }))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("not text in UTF-8"));
	}

	@Test
	void parseWhenTemplateIsCopiedUneditedFindsNoKey() throws IOException {
		assertThat(parse(template()).all()).isEmpty();
	}

	/** Prose has one space behind its {@code #}, a setting none or two. */
	@Test
	void parseWhenEveryLineOfTheTemplateIsTakenKnowsEveryKeyAndConsentsToNothing() throws IOException {
		TelemetryYaml yaml = parse(template().replaceAll("(?m)^#(?=[^ \n]|  )", ""));
		assertThat(yaml.enabled()).extracting(Setting::text).isEqualTo("false");
		assertThat(yaml.list()).extracting(Setting::key)
			.containsExactly("local_only", "endpoint", "headers.Authorization", "local_path", "debug", "service_name",
					"service_namespace", "deployment_environment", "batch_size", "batch_timeout", "export_timeout");
		assertThat(yaml.all()).allSatisfy((setting) -> assertThat(PropertyTree.NAMES.judgeInFile(setting)).isNull());
	}

	private static String template() throws IOException {
		try (InputStream template = TelemetryYaml.class.getResourceAsStream("/dev/telemetry/telemetry.yaml.template")) {
			assertThat(template).isNotNull();
			return new String(template.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static TelemetryYaml parse(String text) {
		return TelemetryYamlParser.parse(text.getBytes(StandardCharsets.UTF_8));
	}

}
