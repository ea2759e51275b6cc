package dev.telemetry.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What status says in a process whose user may have no further thread. */
class ThreadlessProcessTests {

	private static final String USER = "54321";

	@TempDir
	private Path directory;

	@Test
	void statusWithoutThreadsSaysSoAndCollectsAgainWhenThereAreSome() throws IOException, InterruptedException {
		Requirement.otherUser();
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		Path output = this.directory.resolve("output");
		ProcessBuilder builder = new ProcessBuilder(command());
		ChildEnvironment.clear(builder);
		builder.redirectErrorStream(true).redirectOutput(output.toFile());
		int exit = Patience.exit("an application without threads", builder.start());
		String text = Files.readString(output);
		List<String> lines = text.lines().filter((line) -> line.startsWith("with")).toList();
		assertThat(exit).as(text).isZero();
		assertThat(lines).as(text).hasSize(4);
		assertThat(lines.get(0)).startsWith("without: collecting=false GRANTED LOCAL ")
			.contains("'http' cannot be created", "sink file", "sink http", "thread telemetry-retention", "ulimit -u");
		assertThat(lines.get(1)).startsWith("with: collecting=true GRANTED EXPORT cap=null []");
		assertThat(lines.subList(2, 4)).containsExactly("with: file accepted=1", "with: http accepted=1");
		assertThat(text).doesNotContain("OutOfMemoryError");
	}

	/** The user may read the class path, wherever it lies, and nothing else. */
	private List<String> command() {
		return List.of("prlimit", "--nproc=120:120", "setpriv", "--reuid=" + USER, "--clear-groups",
				"--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xlog:disable", "-Xlog:all=off",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.home=" + this.directory, "-cp",
				System.getProperty("java.class.path"), ThreadlessProcess.class.getName(),
				"--spring.application.name=demo-app", "--telemetry.home=" + this.directory.resolve("home"),
				"--telemetry.consent.detect-test-environment=false", "--telemetry.consent.detect-ci=false",
				"--telemetry.http.endpoint=http://127.0.0.1:9", "--telemetry.shutdown-timeout=10ms");
	}

}
