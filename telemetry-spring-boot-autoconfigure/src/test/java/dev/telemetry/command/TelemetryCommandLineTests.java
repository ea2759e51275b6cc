package dev.telemetry.command;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.telemetry.sdk.ChildEnvironment;
import dev.telemetry.sdk.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TelemetryCommandLine} in a process of its own that has no more than
 * what we depend on: no actuator, no data binding, no picocli, no web.
 */
class TelemetryCommandLineTests {

	private static final List<String> MISSING = List.of("spring-boot-actuator", "jackson-databind",
			"jackson-annotations", "picocli", "spring-web", "spring-boot-web", "tomcat", "reactor", "opentelemetry");

	@TempDir
	private Path directory;

	@Test
	void commandIsAnsweredWithoutAnyOptionalLibrary() throws Exception {
		assertThat(run("--telemetry.command=status", "--telemetry.output=json")).isEqualTo(0);
		assertThat(output()).startsWith("{\"tool\":\"demo-app\",\"collecting\":false").hasLineCount(1);
		assertThat(run("--telemetry.command=enable")).isEqualTo(0);
		assertThat(output()).contains("GRANTED").doesNotContain("started");
		assertThat(run("--telemetry.command=export")).isEqualTo(0);
		assertThat(output()).contains("\"channel\":\"command\"");
	}

	@Test
	void applicationWithoutCommandStarts() throws Exception {
		assertThat(run()).isEqualTo(0);
		assertThat(output()).contains("started");
	}

	@Test
	void everythingTheApplicationPrintsGoesToStandardError() throws Exception {
		assertThat(run("--telemetry.command=status", "--logging.level.root=info", "--debug")).isEqualTo(0);
		assertThat(output()).startsWith("tool:").hasLineCount(4);
		assertThat(Files.readString(this.directory.resolve("errors"))).as("something was printed").isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "status", "notice", "enable", "disable", "reset", "export", "status --telemetry.output=json" })
	void answerThatCannotBeWrittenIsNoSuccess(String action) throws Exception {
		File full = new File("/dev/full");
		Requirement.that(full.exists(), "/dev/full is here");
		int code = exit(start(Redirect.to(full), ("--telemetry.command=" + action).split(" ")));
		assertThat(code).isEqualTo(4);
		assertThat(Files.readString(this.directory.resolve("errors"))).isEqualTo("The answer could not be written to"
				+ " standard output; see whether there is space where it goes" + System.lineSeparator());
	}

	@Test
	void pipeThatIsClosedEndsItQuietly() throws Exception {
		assertThat(run("--telemetry.command=enable")).isZero();
		Process process = start(Redirect.PIPE, "--telemetry.command=export");
		process.getInputStream().close();
		assertThat(exit(process)).isEqualTo(141);
		assertThat(this.directory.resolve("errors")).isEmptyFile();
	}

	private int run(String... arguments) throws Exception {
		return exit(start(Redirect.to(this.directory.resolve("output").toFile()), arguments));
	}

	private static int exit(Process process) throws Exception {
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
		return process.exitValue();
	}

	private Process start(Redirect output, String... arguments) throws Exception {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> MISSING.stream().noneMatch(new File(entry).getName()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
						CommandApplication.class.getName(), "--spring.application.name=demo-app",
						"--telemetry.home=" + this.directory.resolve("home")));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output)
			.redirectError(this.directory.resolve("errors").toFile());
		ChildEnvironment.clear(builder);
		return builder.start();
	}

	private String output() throws Exception {
		return Files.readString(this.directory.resolve("output"));
	}

}
