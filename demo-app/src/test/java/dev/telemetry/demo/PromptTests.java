package dev.telemetry.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

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

	private static final String QUESTION = "Allow?";

	/** Asked below each page but the last. */
	private static final String MORE = "Press Enter for more.";

	private static final String READY = "ACCEPTING_TRAFFIC";

	private static final String[] ASKING = { "--server.port=0", "--telemetry.consent.prompt=interactive",
			"--telemetry.endpoint=http://localhost:9", "--telemetry.notice.locale=en",
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
		assertThat(Patience.exit("the command", start(arguments.toArray(String[]::new)))).isZero();
		assertThat(seen()).contains("UNDECIDED").doesNotContain(QUESTION);
	}

	/** Type when asked, and return everything up to when the demo is ready. */
	private String type(String typed) throws IOException {
		Process process = start(ASKING);
		try {
			AtomicInteger turned = new AtomicInteger();
			Patience.until("the question", () -> {
				if (count(seen(), MORE) > turned.get()) {
					turned.incrementAndGet();
					write(process, "\n");
				}
				return seen().contains(QUESTION);
			});
			int asked = seen().length();
			write(process, typed);
			Patience.until("the demo is ready", () -> seen().indexOf(READY, asked) >= 0);
			return seen();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			Patience.until("the end of the demo", () -> !process.isAlive());
		}
	}

	private static void write(Process process, String typed) throws IOException {
		process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
		process.getOutputStream().flush();
	}

	private static int count(String text, String part) {
		return text.split(Pattern.quote(part), -1).length - 1;
	}

	private String seen() throws IOException {
		// As far as it goes: the last character may be half there
		return new String(Files.readAllBytes(this.directory.resolve("terminal.txt")), StandardCharsets.UTF_8);
	}

	private Process start(String... arguments) throws IOException {
		Path starter = this.directory.resolve("start.sh");
		Files.writeString(starter, "exec '" + String.join("' '", DemoCommand.line(home(), arguments)) + "'\n");
		ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qec", "sh " + starter, "/dev/null");
		builder.redirectErrorStream(true).redirectOutput(this.directory.resolve("terminal.txt").toFile());
		DemoCommand.clear(builder);
		return builder.start();
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
