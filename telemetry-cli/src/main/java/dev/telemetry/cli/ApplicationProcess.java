package dev.telemetry.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * An application that is started to answer a command. One that knows nothing of telemetry
 * would start for real: it is recognised before, where its libraries can be seen, and
 * killed otherwise.
 */
final class ApplicationProcess {

	private static final long MINUTES = 2;

	private static final String LIBRARY = "telemetry-spring-boot-autoconfigure-";

	private final Path jar;

	private final List<String> arguments;

	private final Host host;

	/**
	 * Create it; nothing is started.
	 * @param jar the application
	 * @param arguments its own arguments
	 * @param host where it runs
	 * @throws UserException if it is no application with telemetry
	 */
	ApplicationProcess(Path jar, List<String> arguments, Host host) {
		this.jar = jar;
		this.arguments = List.copyOf(arguments);
		this.host = host;
		check();
	}

	private void check() {
		if (!Files.isRegularFile(this.jar)) {
			throw new UserException("'" + this.jar + "' is not a file", "name the executable jar of the application");
		}
		try (ZipFile zip = new ZipFile(this.jar.toFile())) {
			List<String> libraries = zip.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> name.startsWith("BOOT-INF/lib/") || name.startsWith("WEB-INF/lib/"))
				.toList();
			if (!libraries.isEmpty() && libraries.stream().noneMatch((name) -> name.contains(LIBRARY))) {
				throw new UserException("'" + this.jar + "' is an application without telemetry",
						"add telemetry-spring-boot-starter to it");
			}
		}
		catch (IOException ex) {
			throw new UserException("'" + this.jar + "' cannot be read as a jar",
					"name the executable jar of the application");
		}
	}

	/**
	 * Start it and wait for its end. What it logs goes where errors go.
	 * @param command what to answer
	 * @throws UserException if it does not end by itself
	 */
	Answer run(List<String> command) {
		List<String> line = new ArrayList<>();
		line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		line.addAll(List.of("-jar", this.jar.toAbsolutePath().toString()));
		line.addAll(this.arguments);
		line.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(line).redirectInput(ProcessBuilder.Redirect.from(nothing()))
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().clear();
		builder.environment().putAll(this.host.variables());
		try {
			return answer(builder.start());
		}
		catch (IOException ex) {
			throw new UserException("java cannot be started", "look at the Java installation");
		}
	}

	private static File nothing() {
		return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
	}

	private Answer answer(Process process) {
		try (InputStream output = process.getInputStream()) {
			CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> read(output));
			if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
				throw new UserException("the application did not answer within " + MINUTES + " minutes",
						"look whether it has telemetry-spring-boot-starter");
			}
			return new Answer(process.exitValue(), new String(read.join(), StandardCharsets.UTF_8).lines().toList());
		}
		catch (IOException ex) {
			throw new UserException("what the application printed cannot be read", "try again");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UserException("interrupted", "try again");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static byte[] read(InputStream output) {
		try {
			return output.readAllBytes();
		}
		catch (IOException ex) {
			return new byte[0];
		}
	}

	/**
	 * What it said.
	 *
	 * @param code its exit code
	 * @param lines what it printed
	 */
	record Answer(int code, List<String> lines) {

		/** Return the value of a line such as {@code notice: sha256:...}. */
		@Nullable String field(String name) {
			return this.lines.stream()
				.filter((line) -> line.startsWith(name + ":"))
				.map((line) -> line.substring(name.length() + 1).trim())
				.reduce((first, second) -> second)
				.orElse(null);
		}

	}

}
