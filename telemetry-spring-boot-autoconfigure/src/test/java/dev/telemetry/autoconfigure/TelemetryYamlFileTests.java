package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.autoconfigure.TelemetryYamlFile.Look;
import dev.telemetry.problem.Problem;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import dev.telemetry.setting.TelemetryYaml;
import dev.telemetry.storage.PrivateFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link TelemetryYamlFile} in a binding.
 */
class TelemetryYamlFileTests {

	private final Binding binding = new Binding();

	@Test
	void bindWhenSourceSystemsFileIsThereReadsItsElevenKeys() {
		TelemetrySettings settings = this.binding.yaml("""
				enabled: true
				endpoint: https://collector.example.com/otlp/v1/traces
				headers:
				  Authorization: "Basic abc"
				local_path: ~/logs/telemetry.log
				debug: true
				service_name: tool
				service_namespace: cli
				deployment_environment: production
				batch_size: 100
				batch_timeout: 7
				export_timeout: 3
				""").bind();
		assertThat(this.binding.problems()).isEmpty();
		TelemetrySettings.Otlp otlp = settings.sinks().otlp();
		assertThat(otlp).isNotNull();
		assertThat(otlp.endpoint().signal()).isEqualTo(OtlpSignal.TRACES);
		assertThat(Binding.values(otlp.headers())).containsExactly(entry("Authorization", "Basic abc"));
		assertThat(otlp.exportTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(otlp.resource()).containsEntry("service.name", "tool").containsEntry("service.namespace", "cli");
		assertThat(settings.recording().debug()).isTrue();
		assertThat(settings.delivery().batchSize()).isEqualTo(100);
		assertThat(settings.delivery().batchTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(settings.sinks().file()).isNotNull();
		assertThat(settings.sinks().file().path()).isEqualTo(Binding.USER_HOME.resolve("logs/telemetry.log"));
	}

	@Test
	void bindWhenVariableSaysOtherwiseTheVariableWins() {
		this.binding.yaml("batch_size: 100\nbatch_timeout: 7").variable("TELEMETRY_BATCH_SIZE", "200");
		TelemetrySettings.Delivery delivery = this.binding.bind().delivery();
		assertThat(delivery.batchSize()).isEqualTo(200);
		assertThat(delivery.batchTimeout()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void bindWhenPlaceholderIsInTheFileResolvesIt() {
		this.binding.yaml("service_name: x\nendpoint: https://collector.example.com\nheaders: 'X-Key: ${TOKEN}'")
			.variable("TOKEN", "abc");
		TelemetrySettings.Otlp otlp = this.binding.bind().sinks().otlp();
		assertThat(otlp).isNotNull();
		assertThat(Binding.values(otlp.headers())).containsExactly(entry("x-key", "abc"));
	}

	@Test
	void bindWhenKeyBelongsElsewhereIgnoresItAndSaysSo() {
		TelemetrySettings settings = this.binding
			.yaml("enabled: true\nhome: /elsewhere\nfeature.enabled: false\nconsent:\n  detect_ci: false")
			.bind();
		assertThat(settings.home()).isNotNull();
		assertThat(settings.home().path()).isEqualTo(Binding.USER_HOME.resolve(".demo-app"));
		assertThat(settings.consent().detectCi()).isTrue();
		assertThat(this.binding.problems()).extracting(Problem::property, Problem::origin)
			.containsExactly(tuple("telemetry.home", "telemetry.yaml line 2"),
					tuple("telemetry.feature.enabled", "telemetry.yaml line 3"),
					tuple("telemetry.consent.detect-ci", "telemetry.yaml line 5"));
	}

	@Test
	void bindWhenKeyIsUnknownNamesItsLine() {
		this.binding.yaml("debug: false\nendpiont: https://collector.example.com").bind();
		assertThat(this.binding.problems()).containsExactly(new Problem("telemetry.endpiont", "telemetry.yaml line 2",
				"unknown property", "did you mean telemetry.endpoint?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled: [true]", "enabled:\n- false", "enabled: {value: true}", "enabled: [[true]]",
			"enabled: {}", "enabled: []", "Enabled: [true, true]" })
	void enabledWhenItIsAListOrAMapGrantsNothingAndIsAProblem(String yaml) {
		this.binding.yaml("debug: false\n" + yaml).bind();
		assertThat(this.binding.problems()).containsExactly(
				new Problem("telemetry.enabled", "telemetry.yaml line 2", "is a list or a map", "write one value"));
	}

	@Test
	void enabledWhenKeyIsDamagedSaysNothing() {
		assertThat(new TelemetryYaml(List.of(setting("e_nabled"))).enabled()).isNotNull();
		for (String key : List.of("enable d", "enable!d", "en.abled", "\uFEFFenabled", "enabled\0")) {
			assertThat(new TelemetryYaml(List.of(setting(key))).enabled()).as(key).isNull();
		}
	}

	private static Setting setting(String key) {
		return new Setting(key, Spelling.DOTTED, "true", "telemetry.yaml line 1", false, false);
	}

	@Test
	void bindWhenValueIsWrongNamesItsLine() {
		assertThat(this.binding.yaml("\nbatch_size: many").bind().delivery().batchSize()).isEqualTo(512);
		assertThat(this.binding.problems()).extracting(Problem::property, Problem::origin)
			.containsExactly(tuple("telemetry.batch-size", "telemetry.yaml line 2"));
	}

	@Test
	void bindWhenFileIsBrokenStartsWithoutIt() {
		this.binding.yaml("batch_size: 100\nendpoint: [");
		assertThat(this.binding.bind().delivery().batchSize()).isEqualTo(512);
		assertThat(this.binding.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("telemetry.yaml");
			assertThat(problem.problem())
				.isEqualTo("line 2: unclosed bracket; nothing is sent, because the file may hold local-only");
			assertThat(problem.action()).isEqualTo("fix or delete the file");
		});
	}

	@Test
	void bindWhenFileIsNotOursSaysWhy() {
		this.binding.file(new PrivateFile.Content(null, "it is a link")).bind();
		assertThat(this.binding.problems()).extracting(Problem::problem)
			.containsExactly("it is a link; nothing is sent, because the file may hold local-only");
	}

	@Test
	void readWhenOnDiskReadsOnlyWhatIsOurs(@TempDir Path home) throws IOException {
		List<Problem> problems = new ArrayList<>();
		TelemetryYamlFile file = new TelemetryYamlFile(TelemetryYamlFile::fromDisk, getClass().getClassLoader(),
				problems::add);
		assertThat(file.read(home)).isEqualTo(Look.ABSENT);
		assertThat(problems).isEmpty();
		PrivateFile.write(home.resolve("telemetry.yaml"), "enabled: yes".getBytes(StandardCharsets.UTF_8));
		assertThat(file.read(home).yaml()).isNotNull()
			.satisfies((yaml) -> assertThat(yaml.enabled()).extracting(Setting::text).isEqualTo("yes"));
		Files.move(home.resolve("telemetry.yaml"), home.resolve("elsewhere.yaml"));
		Files.createSymbolicLink(home.resolve("telemetry.yaml"), home.resolve("elsewhere.yaml"));
		assertThat(file.read(home).fault()).isEqualTo("it is a symbolic link");
		assertThat(problems).hasSize(1);
	}

	@Test
	void readWhenTooLargeIgnoresIt(@TempDir Path home) throws IOException {
		List<Problem> problems = new ArrayList<>();
		TelemetryYamlFile file = new TelemetryYamlFile(TelemetryYamlFile::fromDisk, getClass().getClassLoader(),
				problems::add);
		String comment = "#".repeat(64 * 1024 - "\ndebug: on".length());
		PrivateFile.write(home.resolve("telemetry.yaml"), (comment + "\ndebug: on").getBytes(StandardCharsets.UTF_8));
		assertThat(file.read(home).yaml()).isNotNull();
		PrivateFile.write(home.resolve("telemetry.yaml"), (comment + "#\ndebug: on").getBytes(StandardCharsets.UTF_8));
		assertThat(file.read(home).fault()).startsWith("it is larger than");
		assertThat(problems).hasSize(1);
	}

	@Test
	void bindWhenSnakeYamlIsMissingSaysSo() {
		this.binding.classLoader(new FilteredClassLoader(Yaml.class)).bind();
		assertThat(this.binding.problems()).isEmpty();
		this.binding.yaml("batch_size: 100");
		assertThat(this.binding.bind().delivery().batchSize()).isEqualTo(512);
		assertThat(this.binding.problems()).extracting(Problem::action)
			.containsExactly("add org.yaml:snakeyaml, or delete the file");
	}

	@Test
	void bindWhenProcessedAheadOfTimeDoesNotReadTheFile() {
		this.binding.yaml("batch_size: 100").with("spring.aot.processing=true");
		assertThat(this.binding.bind().delivery().batchSize()).isEqualTo(512);
	}

}
