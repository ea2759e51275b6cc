package dev.telemetry.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators and people set, in the places they set it, against the running demo.
 */
class ConfigurationTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "TELEMETRY_ENABLED, false, VETOED", "DO_NOT_TRACK, 1, VETOED", "TEST_MODE, true, SUPPRESSED" })
	void enableWhenAVariableSaysNoAnswersConflictAndNamesIt(String variable, String value, String state)
			throws Exception {
		Path home = home();
		try (DemoProcess demo = DemoProcess.start(home, Map.of(variable, value))) {
			assertThat(demo.consent()).containsEntry("state", state);
			var refused = demo.post("/actuator/telemetry/enable");
			assertThat(refused.statusCode()).isEqualTo(409);
			assertThat(refused.body()).contains(variable);
			assertThat(home).doesNotExist();
		}
		try (DemoProcess demo = DemoProcess.start(home, Map.of())) {
			assertThat(demo.post("/actuator/telemetry/enable").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void optInFileAloneOpensTheLocalLogOnly() throws Exception {
		Path home = Files.createDirectories(home());
		Files.writeString(home.resolve("telemetry.opt-in"), "true\n");
		try (Receiver receiver = Receiver.answering();
				DemoProcess demo = DemoProcess.start(home, Map.of(), "--telemetry.endpoint=" + receiver.endpoint())) {
			assertThat(demo.consent()).containsEntry("state", "GRANTED").containsEntry("scope", "LOCAL");
			demo.order(1);
			assertThat(demo.stop()).isTrue();
			assertThat(DemoProcess.log(home)).hasSize(1);
			assertThat(receiver.connections()).isZero();
		}
	}

	@Test
	void telemetryYamlOfTheSourceSystemWorksUnchangedAndTheEnvironmentBeatsIt() throws Exception {
		Path home = Files.createDirectories(home());
		Path log = this.directory.resolve("elsewhere.log");
		try (Receiver receiver = Receiver.answering()) {
			Files.writeString(home.resolve("telemetry.yaml"), """
					enabled: true
					endpoint: "%s"
					headers:
					  Authorization: "Basic YOUR_BASE64_ENCODED_CREDENTIALS_HERE"
					service_name: "acme-cli"
					batch_size: 512
					batch_timeout: 5
					export_timeout: 10
					debug: false
					local_path: "%s"
					""".formatted(receiver.endpoint(), log));
			try (DemoProcess demo = DemoProcess.start(home, Map.of("TELEMETRY_BATCH_SIZE", "1"))) {
				assertThat(demo.consent()).containsEntry("rule", 11).containsEntry("scope", "EXPORT");
				demo.order(1);
				assertThat(receiver.awaitConnection()).isTrue();
				assertThat(demo.stop()).isTrue();
				assertThat(Files.readAllLines(log)).hasSize(1);
			}
			try (DemoProcess demo = DemoProcess.start(home, Map.of("TELEMETRY_ENABLED", "false"))) {
				assertThat(demo.consent()).containsEntry("state", "VETOED");
			}
		}
	}

	@Test
	void wrongValuesNeverStopTheApplicationAndEachIsAProblemWithItsMend() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		try (DemoProcess demo = DemoProcess.start(file.resolve("home"), Map.of(), "--telemetry.endpoint=nonsense",
				"--telemetry.batch-size=abc", "--telemetry.endpiont=x")) {
			assertThat(demo.order(1).statusCode()).isEqualTo(201);
			assertThat(problems(demo)).contains("telemetry.endpoint", "telemetry.batch-size", "telemetry.endpiont",
					"telemetry.home");
			assertThat(demo.post("/actuator/telemetry/enable").statusCode()).isIn(409, 503);
		}
	}

	@Test
	void unreadableTelemetryYamlIsAProblem() throws Exception {
		Path home = Files.createDirectories(home());
		Files.writeString(home.resolve("telemetry.yaml"), "enabled: [true\n");
		try (DemoProcess demo = DemoProcess.start(home, Map.of())) {
			assertThat(demo.order(1).statusCode()).isEqualTo(201);
			assertThat(problems(demo)).anyMatch((property) -> property.contains("telemetry.yaml"));
			assertThat(demo.consent()).containsEntry("state", "UNDECIDED");
		}
	}

	@SuppressWarnings("unchecked")
	private static List<String> problems(DemoProcess demo) throws Exception {
		List<Map<String, String>> problems = (List<Map<String, String>>) demo.status().get("problems");
		assertThat(problems).allSatisfy((problem) -> assertThat(problem.get("action")).isNotBlank());
		return problems.stream().map((problem) -> problem.get("property")).toList();
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
