package dev.telemetry.example.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The example as a user runs it: a process of its own, whose environment says nothing
 * about tests or CI.
 *
 * @param process the process
 * @param output where its output goes
 */
record WordsRun(Process process, Path output) {

	private static final int LIMIT_SECONDS = 120;

	/**
	 * Start the example.
	 * @param directory where telemetry lives, in a directory {@code home}, and where
	 * output is kept
	 * @param environment variables to set
	 * @param arguments its arguments
	 * @return the process
	 */
	static WordsRun start(Path directory, Map<String, String> environment, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				WordsApplication.class.getName()));
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(directory, "output", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> !name.equals("LD_PRELOAD") && !name.startsWith("FAKETIME"));
		builder.environment().put("TELEMETRY_HOME", home(directory).toString());
		builder.environment().putAll(environment);
		return new WordsRun(builder.start(), output);
	}

	static Path home(Path directory) {
		return directory.resolve("home");
	}

	/**
	 * Wait for its end; one that does not end is killed.
	 * @return its exit code
	 */
	int exit() throws InterruptedException {
		if (!this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			kill();
			throw new AssertionError("waited in vain for the end of " + this.process.info());
		}
		return this.process.exitValue();
	}

	/** Kill it, as nothing can prevent. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		if (!this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new AssertionError("waited in vain for the death of " + this.process.info());
		}
	}

	String text() throws IOException {
		return Files.readString(this.output, StandardCharsets.UTF_8);
	}

}
