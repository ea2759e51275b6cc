package dev.telemetry.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import dev.telemetry.spec.lint.TelemetrySpecLinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The command line in a process of its own, at a terminal and without one. */
class TerminalTests {

	private static final Path SCRIPT = Path.of("/usr/bin/script");

	/** With an answer that only a person can take back. */
	private static final String TYPED = CreateCommandTests.SHORTEST.replace("shop.telemetry\n",
			"Shop!\nshop.telemetry\n");

	@TempDir
	private Path directory;

	@Test
	void atATerminalAnAnswerCanBeTakenBack() throws Exception {
		Cli.Answer answer = atTerminal(TYPED, this.directory);
		assertThat(answer.out()).contains("'Shop!' will not do", "Wrote ");
		assertThat(answer.code()).isZero();
		Path file = this.directory.resolve("shop-telemetry.telemetry.yaml");
		assertThat(new TelemetrySpecLinter(LocalDate.now(ZoneOffset.UTC)).lint("shop", Files.readAllBytes(file)))
			.isEmpty();
	}

	@Test
	void withoutATerminalItCannot() throws Exception {
		Cli.Answer answer = run(TYPED, java(), "dev.telemetry.cli.TelemetryCli", "create", "--directory",
				this.directory.toString());
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("'Shop!' will not do");
		assertThat(this.directory).isEmptyDirectory();
	}

	/** Run the wizard at a pseudo-terminal of its own. */
	static Cli.Answer atTerminal(String typed, Path directory) throws IOException, InterruptedException {
		assumeTrue(Files.isExecutable(SCRIPT), "util-linux makes the terminal");
		return run(typed, SCRIPT.toString(), "-qec",
				"'" + java() + "' dev.telemetry.cli.TelemetryCli create --directory '" + directory + "'", "/dev/null");
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static Cli.Answer run(String input, String... command) throws IOException, InterruptedException {
		Path err = Files.createTempFile("cli", ".err");
		Path out = Files.createTempFile("cli", ".out");
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile()).redirectOutput(out.toFile());
		// The build's own class path; its test runner hides it behind a jar
		builder.environment()
			.put("CLASSPATH", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
		Process process = builder.start();
		try (OutputStream in = process.getOutputStream()) {
			in.write(input.getBytes(StandardCharsets.UTF_8));
		}
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the command line ends").isTrue();
		Cli.Answer answer = new Cli.Answer(process.exitValue(), Files.readString(out), Files.readString(err));
		Files.delete(err);
		Files.delete(out);
		return answer;
	}

}
