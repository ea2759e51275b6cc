package dev.telemetry.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What becomes of an answer that cannot be written, in a process of its own. */
class OutputTests {

	private static final String SPEC = """
			meta: { key: shop, version: 1.0.0, owners: ['@team.shop'] }
			events:
			  - key: order.placed
			    version: 1.0.0
			    semantics: { what: An order was placed }
			    purpose: plan the stock
			    privacy: internal
			    expires: 2099-12-31
			""";

	@TempDir
	private Path directory;

	@BeforeEach
	void write() throws IOException {
		Files.writeString(Files.createDirectory(this.directory.resolve("telemetry")).resolve("shop.telemetry.yaml"),
				SPEC);
		Files.writeString(this.directory.resolve("telemetry.log"), ReplayHome.line(1, "acme", ReplayHome.YES) + "\n");
		Files.createDirectory(this.directory.resolve("home"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lint telemetry", "docs telemetry", "docs telemetry --output json",
			"diff telemetry telemetry", "report telemetry.log", "report telemetry.log --output json", "doctor home",
			"scan .", "replay home --help", "create --help", "--help", "--version", "replay home" })
	void answerThatCannotBeWrittenIsNoSuccess(String line) throws Exception {
		File full = new File("/dev/full");
		assumeTrue(full.exists(), "/dev/full is here");
		int written = exit(start(Redirect.to(this.directory.resolve("out").toFile()), line));
		boolean answers = Files.size(this.directory.resolve("out")) > 0;
		assertThat(written).as("the control").isLessThan(3);
		assertThat(exit(start(Redirect.to(full), line))).isEqualTo(2);
		assertThat(errors()).contains(answers
				? "The answer could not be written to standard output; see whether there is" + " space where it goes"
				: "; ");
	}

	@Test
	void pipeThatIsClosedEndsItQuietly() throws Exception {
		Process process = start(Redirect.PIPE, "docs telemetry");
		process.getInputStream().close();
		assertThat(exit(process)).isEqualTo(141);
		assertThat(errors()).isEmpty();
	}

	private String errors() throws IOException {
		return Files.readString(this.directory.resolve("errors"));
	}

	private Process start(Redirect output, String line) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", classPath(), TelemetryCli.class.getName()));
		command.addAll(List.of(line.split(" ")));
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectOutput(output)
			.redirectError(this.directory.resolve("errors").toFile())
			.start();
	}

	/** Where the process starts, other directories are meant by relative names. */
	private static String classPath() {
		List<String> entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).getAbsolutePath())
			.toList();
		return String.join(File.pathSeparator, entries);
	}

	private static int exit(Process process) throws InterruptedException {
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the command ends").isTrue();
		return process.exitValue();
	}

}
