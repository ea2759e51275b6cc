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
		return run(directory, environment, line(directory.resolve("home"), arguments));
	}

	/**
	 * Run a command until it ends.
	 * @param directory where output is kept
	 * @param environment variables to set
	 * @param command the words of the command
	 * @return what it answered
	 */
	static DemoCommand run(Path directory, Map<String, String> environment, List<String> command)
			throws IOException, InterruptedException {
		Path output = directory.resolve("output");
		Path errors = directory.resolve("errors");
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile())
			.redirectError(errors.toFile());
		clear(builder);
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
	 * Leave an environment that says nothing about tests or CI, and the date as it is
	 * here: a build may run at another one, by {@code faketime}.
	 * @param builder starts a process
	 */
	static void clear(ProcessBuilder builder) {
		builder.environment().keySet().removeIf((name) -> !name.equals("LD_PRELOAD") && !name.startsWith("FAKETIME"));
	}

	/**
	 * Return the command that runs the demo.
	 * @param home where telemetry lives
	 * @param arguments arguments of the application
	 * @return the words of the command
	 */
	static List<String> line(Path home, String... arguments) {
		List<String> command = java(System.getProperty("java.class.path"), DemoApplication.class.getName(),
				"--telemetry.home=" + home);
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * Return a command that runs Java as this process does.
	 * @param classPath the class path
	 * @param words options, the name of a class, its arguments
	 * @return the words of the command, to which more may be added
	 */
	static List<String> java(String classPath, String... words) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-cp", classPath));
		command.addAll(List.of(words));
		return command;
	}

}
