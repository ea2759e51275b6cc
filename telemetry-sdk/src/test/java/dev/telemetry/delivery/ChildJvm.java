package dev.telemetry.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.telemetry.sdk.ChildEnvironment;
import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sdk.Requirement;
import org.jspecify.annotations.Nullable;

/** Another process that runs {@link SpillChild}; what it prints is read line by line. */
final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final ProcessOutput output;

	private ChildJvm(Process process) {
		this.process = process;
		this.output = new ProcessOutput("a process with a spill", process);
	}

	static ChildJvm start(List<String> options, Object... arguments) throws IOException {
		return new ChildJvm(new ProcessBuilder(line(options, arguments)).redirectErrorStream(true).start());
	}

	/** Start it where mounts are seen by nobody else. */
	static ChildJvm startWithMount(String mount, Object... arguments) throws IOException, InterruptedException {
		Requirement.mounts();
		return shell(mount, List.of("unshare", "-m"), arguments);
	}

	/** Start it with a mask for the modes of the files it makes. */
	static ChildJvm startWithMask(String mask, Object... arguments) throws IOException {
		return shell("umask " + mask, List.of(), arguments);
	}

	/** Start it where a system call fails now and then. */
	static ChildJvm startWithFailures(String injection, Object... arguments) throws IOException, InterruptedException {
		Requirement.strace();
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
		ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
		if (around.contains("strace")) {
			ChildEnvironment.trueTime(builder);
		}
		return new ChildJvm(builder.start());
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
	@Nullable String readLine() {
		return this.output.lineAfter(SpillChild.TELLS);
	}

	/** Read all it prints until its end. */
	List<String> readLines() {
		List<String> lines = new ArrayList<>();
		for (String line = readLine(); line != null; line = readLine()) {
			lines.add(line);
		}
		return lines;
	}

	/** kill -9, and wait until the process is gone. */
	void kill() {
		this.output.kill();
	}

	/** Let it go on after it waited for a byte. */
	void goOn() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
	}

	int exitCode() throws InterruptedException {
		return this.output.exit();
	}

	@Override
	public void close() {
		kill();
	}

}
