package dev.telemetry.example.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The example as real processes: every execution that ended is recorded. */
class WordsProcessTests {

	/** In arguments only. */
	private static final String DATA = "canary-4711";

	/** A port at which nothing listens. */
	private static final int DEAD = 1;

	private static final int RUNS = 10;

	@TempDir
	private Path directory;

	@Test
	void everyExecutionIsRecordedWithItsExitCodeAndNoArgument() throws Exception {
		try (Receiver receiver = Receiver.answering()) {
			Map<String, String> environment = environment(receiver.port());
			assertThat(run(environment, "count", DATA)).as("before a grant").isZero();
			assertThat(WordsRun.home(this.directory)).doesNotExist();
			grant(environment);
			assertThat(run(environment, "count", DATA, "x")).isZero();
			assertThat(run(environment, "wc", DATA)).isZero();
			assertThat(run(environment, "longest", DATA)).isEqualTo(1);
			assertThat(run(environment, DATA)).isEqualTo(2);
			assertThat(recorded()).satisfiesExactly((line) -> assertThat(line).contains(invocation("words count")),
					(line) -> assertThat(line).contains(invocation("words count")),
					(line) -> assertThat(line).contains("\"command.error\"", "\"words longest\"", "\"exit_code\":1",
							"NoSuchFileException"),
					(line) -> assertThat(line).contains("\"command.error\"", "\"unknown\"", "\"exit_code\":2"));
			assertThat(stored()).doesNotContain("4711");
			assertThat(String.join("", receiver.bodies())).contains("words count").doesNotContain("4711");
		}
	}

	@Test
	void whatADeadDestinationMissesIsSentByALaterRun() throws Exception {
		grant(environment(DEAD));
		assertThat(run(environment(DEAD), "longest", DATA)).isEqualTo(1);
		assertThat(recorded()).singleElement().asString().contains("\"words longest\"", "\"exit_code\":1");
		assertSentByALaterRun("words longest");
	}

	@Test
	void anExecutionThatIsKilledWhileItSendsIsRecordedAndSentByALaterRun() throws Exception {
		grant(environment(DEAD));
		try (Receiver receiver = Receiver.hanging()) {
			Map<String, String> environment = environment(receiver.port());
			environment.put("TELEMETRY_COMMANDEVENTS_EXITBUDGET", "1m");
			environment.put("TELEMETRY_SHUTDOWNTIMEOUT", "1m");
			WordsRun run = WordsRun.start(this.directory, environment, "longest", DATA);
			assertThat(receiver.awaitRequest()).as(run.text()).isTrue();
			run.kill();
		}
		assertSentByALaterRun("words longest");
	}

	private void assertSentByALaterRun(String command) throws Exception {
		try (Receiver receiver = Receiver.answering()) {
			for (int i = 0; i < RUNS && !String.join("", receiver.bodies()).contains(command); i++) {
				assertThat(run(environment(receiver.port()), "count", "x")).isZero();
			}
			assertThat(String.join("", receiver.bodies())).contains(command).doesNotContain("4711");
		}
	}

	private static String[] invocation(String command) {
		return new String[] { "\"command.invocation\"", "\"" + command + "\"", "\"exit_code\":0", "\"success\":true" };
	}

	/** The address is not part of what a grant agrees to, but the host is. */
	private static Map<String, String> environment(int port) {
		return new HashMap<>(Map.of("TELEMETRY_HTTP_ENDPOINT", "http://127.0.0.1:" + port + "/events",
				"TELEMETRY_COMPRESSION", "none"));
	}

	private void grant(Map<String, String> environment) throws Exception {
		assertThat(run(environment, "telemetry", "enable", "--scope", "export")).isZero();
	}

	private int run(Map<String, String> environment, String... arguments) throws Exception {
		return WordsRun.start(this.directory, environment, arguments).exit();
	}

	private List<String> recorded() throws IOException {
		return Files.readAllLines(WordsRun.home(this.directory).resolve("telemetry.log"));
	}

	private String stored() throws IOException {
		StringBuilder all = new StringBuilder();
		try (Stream<Path> files = Files.walk(WordsRun.home(this.directory))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return all.toString();
	}

}
