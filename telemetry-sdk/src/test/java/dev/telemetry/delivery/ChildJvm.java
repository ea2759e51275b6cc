package dev.telemetry.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Another process that runs {@link SpillChild}; what it prints is read line by line. */
final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private ChildJvm(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.US_ASCII);
	}

	static ChildJvm start(List<String> options, Object... arguments) throws IOException {
		return new ChildJvm(
				new ProcessBuilder(line(options, arguments)).redirectError(ProcessBuilder.Redirect.DISCARD).start());
	}

	/** Start it where mounts are seen by nobody else. */
	static ChildJvm startWithMount(String mount, Object... arguments) throws IOException {
		return shell(mount, List.of("unshare", "-m"), arguments);
	}

	/** Start it with a mask for the modes of the files it makes. */
	static ChildJvm startWithMask(String mask, Object... arguments) throws IOException {
		return shell("umask " + mask, List.of(), arguments);
	}

	/** Start it where a system call fails now and then. */
	static ChildJvm startWithFailures(String injection, Object... arguments) throws IOException {
		return around(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=" + injection), arguments);
	}

	private static ChildJvm shell(String first, List<String> around, Object... arguments) throws IOException {
		List<String> line = new ArrayList<>(around);
		line.addAll(List.of("sh", "-c", first + " && exec \"$@\"", "sh"));
		return around(line, arguments);
	}

	private static ChildJvm around(List<String> around, Object... arguments) throws IOException {
		List<String> line = new ArrayList<>(around);
		line.addAll(line(List.of(), arguments));
		return new ChildJvm(new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start());
	}

	private static List<String> line(List<String> options, Object... arguments) {
		List<String> line = new ArrayList<>();
		line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
		line.addAll(options);
		line.addAll(List.of("-cp", System.getProperty("java.class.path"), SpillChild.class.getName()));
		for (Object argument : arguments) {
			line.add(argument.toString());
		}
		return line;
	}

	/** Return the next line the child told; what it logged is passed over. */
	@Nullable String readLine() throws IOException {
		String line = this.output.readLine();
		while (line != null && !line.startsWith(SpillChild.TELLS)) {
			line = this.output.readLine();
		}
		return (line != null) ? line.substring(SpillChild.TELLS.length()) : null;
	}

	/** Read all it prints until its end. */
	List<String> readLines() throws IOException {
		List<String> lines = new ArrayList<>();
		for (String line = readLine(); line != null; line = readLine()) {
			lines.add(line);
		}
		return lines;
	}

	/** kill -9, and wait until the process is gone. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/** Let it go on after it waited for a byte. */
	void goOn() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
	}

	int exitCode() throws InterruptedException {
		return this.process.waitFor();
	}

	@Override
	public void close() {
		kill();
	}

}
