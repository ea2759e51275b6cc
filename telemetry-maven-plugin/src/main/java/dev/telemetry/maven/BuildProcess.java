package dev.telemetry.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the step of the build in a process of its own. Its class path is written to a
 * file: command lines are short on some systems.
 */
final class BuildProcess {

	private static final String MAIN = "dev.telemetry.manifest.TelemetryManifestBuild";

	/** What a JVM writes to its output, and reads in a file of arguments. */
	private static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding", "UTF-8"));

	private final Path java;

	private final Path directory;

	private final Path work;

	/**
	 * Create a process.
	 * @param java the command that starts a JVM
	 * @param directory where it runs
	 * @param work where it may write what it needs
	 */
	BuildProcess(Path java, Path directory, Path work) {
		this.java = java;
		this.directory = directory;
		this.work = work;
	}

	/**
	 * Run the step, and wait for its end.
	 * @param classPath its class path
	 * @param arguments its arguments
	 * @param out takes the lines it says
	 * @return its exit code
	 * @throws IOException if it cannot be started, or is interrupted
	 */
	int run(List<Path> classPath, List<String> arguments, Consumer<String> out) throws IOException {
		List<String> all = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-cp",
				classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), MAIN));
		all.addAll(arguments);
		Files.createDirectories(this.work);
		Path file = Files.createTempFile(this.work, "arguments", ".txt");
		try {
			Files.write(file, all.stream().map(BuildProcess::quoted).toList(), NATIVE);
			return run(new ProcessBuilder(this.java.toString(), "@" + file), out);
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	private int run(ProcessBuilder builder, Consumer<String> out) throws IOException {
		Process process = builder.directory(this.directory.toFile()).redirectErrorStream(true).start();
		try (BufferedReader lines = process.inputReader(NATIVE)) {
			lines.lines().forEach(out);
			return process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted while it ran");
		}
		finally {
			process.destroy();
		}
	}

	private static String quoted(String argument) {
		return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
