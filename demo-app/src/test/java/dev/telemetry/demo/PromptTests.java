package dev.telemetry.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The first-run question on a pseudo-terminal, which {@code script} provides. */
class PromptTests {

	private static final Path SCRIPT = Path.of("/usr/bin/script");

	private static final String QUESTION = "May it collect?";

	private static final String READY = "ACCEPTING_TRAFFIC";

	private static final String[] ASKING = { "--server.port=0", "--telemetry.consent.prompt=interactive",
			"--logging.level.org.springframework.boot.availability=debug" };

	private static final String END_OF_INPUT = "\u0004";

	@TempDir
	private Path directory;

	@BeforeEach
	void needsScript() {
		assumeThat(SCRIPT).exists();
	}

	@ParameterizedTest
	@CsvSource({ "y, granted, export", "l, granted, local", "n, denied, none", "'', denied, none" })
	void answerIsRecorded(String typed, String decision, String scope) throws Exception {
		assertThat(type(typed + "\n")).contains(QUESTION);
		assertThat(home().resolve("consent.json")).content()
			.contains("\"decision\":\"" + decision + "\"")
			.contains("\"channel\":\"command\"");
		assertThat(home().resolve("consent-receipts.jsonl")).content().contains("\"scope\":\"" + scope + "\"");
	}

	@Test
	void endOfInputRecordsNothing() throws Exception {
		assertThat(type(END_OF_INPUT)).contains(QUESTION);
		assertThat(home()).doesNotExist();
	}

	@Test
	void commandIsNotPrecededByTheQuestion() throws Exception {
		List<String> arguments = new ArrayList<>(List.of(ASKING));
		arguments.add("--telemetry.command=status");
		Process process = start(arguments.toArray(String[]::new));
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(output).contains("UNDECIDED").doesNotContain(QUESTION);
	}

	/** Type when asked, and return everything up to when the demo is ready. */
	private String type(String typed) throws IOException {
		Process process = start(ASKING);
		try {
			StringBuilder seen = new StringBuilder();
			readUntil(process.getInputStream(), QUESTION, seen);
			process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
			process.getOutputStream().flush();
			readUntil(process.getInputStream(), READY, seen);
			return seen.toString();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().onExit().join();
		}
	}

	private static void readUntil(InputStream output, String text, StringBuilder seen) throws IOException {
		int begin = seen.length();
		while (seen.indexOf(text, begin) < 0) {
			int octet = output.read();
			assertThat(octet).as("more output than: " + seen).isNotNegative();
			seen.append((char) octet);
		}
	}

	private Process start(String... arguments) throws IOException {
		Path starter = this.directory.resolve("start.sh");
		Files.writeString(starter, "exec '" + String.join("' '", DemoCommand.line(home(), arguments)) + "'\n");
		ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qec", "sh " + starter, "/dev/null");
		builder.redirectErrorStream(true);
		builder.environment().clear();
		return builder.start();
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
