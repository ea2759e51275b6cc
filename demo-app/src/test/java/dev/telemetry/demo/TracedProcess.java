package dev.telemetry.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Java process under the eyes of {@code strace}, with as little chance in it as a Java
 * process allows: one collector of garbage, one compiler, no performance data.
 */
final class TracedProcess {

	private static final List<String> STEADY = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-XX:-UseDynamicNumberOfCompilerThreads", "-XX:CICompilerCount=1", "-XX:-UsePerfData");

	private TracedProcess() {
	}

	static boolean isPossible() throws InterruptedException {
		try {
			return Patience.exit("strace", new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true").start()) == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return the command that runs a class under {@code strace}.
	 * @param trace where to note the calls
	 * @param temporary the directory for temporary files
	 * @param classPath the class path
	 * @param mainClass the class, and what it is given
	 * @return the command
	 */
	static List<String> command(Path trace, Path temporary, String classPath, String... mainClass) {
		List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-y", "--seccomp-bpf", "-s", "4096", "-e",
				"trace=" + SystemCalls.TRACED, "-o", trace.toString()));
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(STEADY);
		command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", classPath));
		command.addAll(List.of(mainClass));
		return command;
	}

	/** Run a class to its end, and return what it asked the operating system for. */
	static SystemCalls run(Path directory, String classPath, String... mainClass) throws Exception {
		Path trace = Files.createTempFile(directory, "trace", ".txt");
		Path temporary = Files.createDirectories(directory.resolve("tmp"));
		ProcessBuilder builder = new ProcessBuilder(command(trace, temporary, classPath, mainClass))
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("output.txt").toFile());
		// And not the library of faketime, which makes system calls of its own
		builder.environment().keySet().retainAll(Set.of("PATH"));
		Process process = builder.start();
		try {
			if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
				throw new IllegalStateException(
						"It did not end well:\n" + Files.readString(directory.resolve("output.txt")));
			}
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
		}
		return SystemCalls.read(trace, classPath);
	}

}
