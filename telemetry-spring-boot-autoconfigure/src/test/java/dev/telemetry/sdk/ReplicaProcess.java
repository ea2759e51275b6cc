package dev.telemetry.sdk;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running {@link Replica}. */
final class ReplicaProcess implements AutoCloseable {

	private final ProcessOutput output;

	private final Writer input;

	private ReplicaProcess(Process process) {
		this.output = new ProcessOutput("a replica", process);
		this.input = process.outputWriter(StandardCharsets.UTF_8);
	}

	static ReplicaProcess start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), Replica.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		ChildEnvironment.clear(builder);
		ReplicaProcess replica = new ReplicaProcess(builder.start());
		replica.answer();
		return replica;
	}

	/** Give a command and wait for its answer. */
	String say(String command) throws IOException {
		this.input.write(command + "\n");
		this.input.flush();
		return answer();
	}

	private String answer() throws IOException {
		StringBuilder before = new StringBuilder();
		String line = this.output.line();
		while (line != null && !line.startsWith("> ")) {
			before.append(line).append('\n');
			line = this.output.line();
		}
		if (line == null) {
			throw new IOException("The replica ended:\n" + before);
		}
		return line.substring(2);
	}

	@Override
	public void close() {
		this.output.kill();
	}

}
