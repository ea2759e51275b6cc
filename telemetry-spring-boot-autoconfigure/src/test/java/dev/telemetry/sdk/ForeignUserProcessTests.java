package dev.telemetry.sdk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second user starts the application on the home of the first: a process of that user,
 * so that the system itself refuses.
 */
@Tag("F-11")
@Timeout(120)
class ForeignUserProcessTests {

	private static final String OTHER = "54321";

	private static final String START_MESSAGE = "INFO: Telemetry is off: no decision has been made. ";

	private static final String TELLS = "told ";

	private static final List<String> LIBRARIES = List.of("telemetry-", "spring-", "snakeyaml", "jackson-core",
			"jackson-annotations", "commons-logging", "jspecify", "micrometer-", "error_prone_annotations");

	@TempDir
	private Path directory;

	private Path home;

	@BeforeEach
	void home() throws Exception {
		Requirement.that(run(List.of("true")).isEmpty(), "a process can be started as another user");
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		this.home = this.directory.resolve("home");
	}

	@Test
	void homeOfRootIsAFaultThatNamesTheOwnerAndWarnsNobody() throws Exception {
		try (Installation here = new Installation(this.home)) {
			here.enable(ConsentScope.LOCAL);
		}
		Files.writeString(this.home.resolve("telemetry.yaml"), "local-only: true");
		List<String> lines = startAsOther();
		// The state is one line, as at every start that decides; nothing warns
		assertThat(lines).contains(TELLS + "FAULT")
			.noneMatch((line) -> line.startsWith("WARNING") || line.startsWith("SEVERE"))
			.satisfiesOnlyOnce((line) -> assertThat(line).startsWith("INFO: Telemetry consent is FAULT"));
		assertThat(problems(lines)).isNotEmpty()
			.allMatch((line) -> line.contains("belongs to user 0, and this process runs as user " + OTHER))
			.allMatch((line) -> line.endsWith("set telemetry.home to a directory of this user, or give what is in it to"
					+ " user " + OTHER + " (chown)"))
			.anyMatch((line) -> line.contains("telemetry.home"));
	}

	@Test
	void homeOfItsOwnIsNoProblem() throws Exception {
		Files.createDirectory(this.home);
		give(this.home);
		assertThat(withoutStartMessage(startAsOther())).containsExactly(TELLS + "UNDECIDED");
	}

	@Test
	void yamlOfRootInAHomeOfItsOwnIsReadAndThatOfAThirdUserIsNot() throws Exception {
		Files.createDirectory(this.home);
		give(this.home);
		Path yaml = Files.writeString(this.home.resolve("telemetry.yaml"), "local-only: true");
		assertThat(withoutStartMessage(startAsOther())).containsExactly(TELLS + "UNDECIDED");
		Files.setAttribute(yaml, "unix:uid", 54322, LinkOption.NOFOLLOW_LINKS);
		List<String> lines = withoutStartMessage(startAsOther());
		assertThat(lines).allMatch((line) -> line.startsWith(TELLS), "nothing else is logged")
			.contains(TELLS + "UNDECIDED");
		assertThat(problems(lines)).singleElement()
			.asString()
			.contains("telemetry.yaml", "belongs to user 54322, and this process runs as user " + OTHER)
			.endsWith("set telemetry.home to a directory of this user, or run as user 54322");
	}

	/**
	 * The one line that every start without a decision logs, below that of its logger.
	 */
	private static List<String> withoutStartMessage(List<String> lines) {
		assertThat(lines).satisfiesOnlyOnce((line) -> assertThat(line).startsWith(START_MESSAGE));
		return lines.stream()
			.filter((line) -> !line.startsWith(START_MESSAGE) && !line.contains(".StartMessage say"))
			.toList();
	}

	private static List<String> problems(List<String> lines) {
		return lines.stream().filter((line) -> line.startsWith(TELLS + "problem ")).toList();
	}

	private List<String> startAsOther() throws IOException, InterruptedException {
		return run(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.language=en",
				"-XX:TieredStopAtLevel=1", "-cp", classPath(), Child.class.getName(), this.home.toString()));
	}

	/** The other user may not read what lies in the home of the first. */
	private String classPath() throws IOException {
		Path copies = this.directory.resolve("lib");
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			String name = String.valueOf(path.getFileName());
			Path copy = copies.resolve(entries.size() + "-" + name);
			if (Files.isDirectory(path)
					|| (Files.exists(path) && LIBRARIES.stream().anyMatch((library) -> name.startsWith(library)))) {
				copy(path, copy);
				entries.add(copy.toString());
			}
		}
		return String.join(File.pathSeparator, entries);
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Path copy = to.resolve(from.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.createDirectories(copy.getParent());
					if (!Files.exists(copy)) {
						Files.copy(file, copy);
					}
				}
			}
		}
	}

	private static List<String> run(List<String> arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(
				List.of("setpriv", "--reuid=" + OTHER, "--regid=" + OTHER, "--clear-groups"));
		command.addAll(arguments);
		try {
			ProcessOutput output = new ProcessOutput("a process of another user",
					new ProcessBuilder(command).redirectErrorStream(true).start());
			List<String> lines = output.rest();
			output.exit();
			return lines;
		}
		catch (IOException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	private static void give(Path path) throws IOException {
		Files.setAttribute(path, "unix:uid", Integer.valueOf(OTHER), LinkOption.NOFOLLOW_LINKS);
	}

	/** An application of the other user, asked for its status. */
	static final class Child {

		private Child() {
		}

		public static void main(String[] arguments) {
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
				context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("test",
							Map.of("telemetry.home", arguments[0], "telemetry.tool.name", "demo-app",
									"telemetry.consent.detect-ci", "false", "telemetry.consent.detect-test-environment",
									"false")));
				context.register(TelemetryAutoConfiguration.class);
				context.refresh();
				System.out.println(TELLS + context.getBean(ConsentGate.class).refresh().state());
				for (Problem problem : context.getBean(Problems.class).list()) {
					System.out.println(TELLS + "problem " + problem.property() + " " + problem.origin() + " "
							+ problem.problem() + ": " + problem.action());
				}
			}
		}

	}

}
