package dev.telemetry.sdk;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import dev.telemetry.TelemetryContext;
import org.apache.commons.logging.LogFactory;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import tools.jackson.core.JsonGenerator;

/**
 * The command line of {@link CrashedCommand}, made to start fast because it is started
 * thousands of times, each time under the eyes of another process. It has nothing in its
 * class path but what a command needs, in jars, with an archive of the loaded classes
 * that one rehearsal of all commands leaves. It is interpreted: a compiler would make
 * more system calls than it saves time.
 */
final class CrashedProgram {

	private static final List<String> OPTIONS = List.of("-Xint", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto",
			"-Xlog:disable");

	private final String classPath;

	private final Path archive;

	/**
	 * Put the program together.
	 * @param directory where to
	 */
	CrashedProgram(Path directory) throws IOException, InterruptedException {
		List<Path> ours = new ArrayList<>();
		for (Class<?> type : List.of(TelemetryContext.class, TelemetrySdk.class, RecordingSink.class,
				CrashedCommand.class)) {
			ours.add(packed(location(type), directory.resolve(type.getSimpleName() + ".jar")));
		}
		this.classPath = Stream
			.concat(ours.stream(),
					Stream.of(JsonGenerator.class, LogFactory.class, MpscAtomicArrayQueue.class)
						.map(CrashedProgram::location))
			.map(Path::toString)
			.collect(Collectors.joining(System.getProperty("path.separator")));
		this.archive = directory.resolve("classes.jsa");
		rehearse(directory);
	}

	/**
	 * The command line that gives one command.
	 * @param command the command
	 * @param home the home
	 * @return the program and its arguments
	 */
	List<String> line(CrashedCommand command, Path home) {
		return line("-XX:SharedArchiveFile=" + this.archive, List.of(command.name(), home.toString()));
	}

	private List<String> line(String archive, List<String> arguments) {
		List<String> line = new ArrayList<>();
		line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		line.addAll(OPTIONS);
		line.addAll(List.of(archive, "-cp", this.classPath, CrashedCommand.class.getName()));
		line.addAll(arguments);
		return line;
	}

	private void rehearse(Path directory) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>();
		for (CrashedCommand command : CrashedCommand.values()) {
			Path home = Files.createDirectory(directory.resolve("rehearsal-" + command)).resolve("home");
			command.prepare(home);
			arguments.addAll(List.of(command.name(), home.toString()));
		}
		ProcessOutput output = new ProcessOutput("the rehearsal",
				new ProcessBuilder(line("-XX:ArchiveClassesAtExit=" + this.archive, arguments))
					.redirectErrorStream(true)
					.start());
		String printed = String.join("\n", output.rest());
		if (output.exit() != 0 || !Files.exists(this.archive)) {
			throw new IllegalStateException(printed);
		}
	}

	/** An archive of classes takes them from jars only. */
	private static Path packed(Path place, Path file) throws IOException {
		if (Files.isRegularFile(place)) {
			return place;
		}
		try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out)) {
			for (Path entry : classes(place)) {
				jar.putNextEntry(new ZipEntry(place.relativize(entry).toString()));
				Files.copy(entry, jar);
				jar.closeEntry();
			}
		}
		return file;
	}

	private static List<Path> classes(Path place) throws IOException {
		try (Stream<Path> files = Files.walk(place)) {
			return files.filter((file) -> file.toString().endsWith(".class")).toList();
		}
	}

	private static Path location(Class<?> type) {
		CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
		try {
			return Path.of(source.getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
