package dev.telemetry.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The order desk asked on its command line: what it answered.
 *
 * @param exitCode its exit code
 * @param output its standard output
 * @param errors its standard error
 */
record DemoCommand(int exitCode, String output, String errors) {

	/**
	 * Run the demo until it ends.
	 * @param directory where telemetry lives, in a directory {@code home}, and where
	 * output is kept
	 * @param environment variables to set
	 * @param arguments arguments of the application
	 * @return what it answered
	 */
	static DemoCommand run(Path directory, Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		Path output = directory.resolve("output");
		Path errors = directory.resolve("errors");
		ProcessBuilder builder = new ProcessBuilder(line(directory.resolve("home"), arguments))
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		Process process = builder.start();
		if (!process.waitFor(120, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw new IllegalStateException("The demo did not end:\n" + Files.readString(output));
		}
		return new DemoCommand(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8),
				Files.readString(errors, StandardCharsets.UTF_8));
	}

	/**
	 * Return the command that runs the demo.
	 * @param home where telemetry lives
	 * @param arguments arguments of the application
	 * @return the words of the command
	 */
	static List<String> line(Path home, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), DemoApplication.class.getName(),
				"--telemetry.home=" + home));
		command.addAll(List.of(arguments));
		return command;
	}

}
