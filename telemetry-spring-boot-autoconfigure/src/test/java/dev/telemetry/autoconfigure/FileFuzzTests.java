package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.notice.Mutations;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.problem.Problems;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Every file that is read is damaged, exchanged and replaced in every way there is, and
 * the application starts: with nothing more open than without the file.
 */
@Tag("disk")
@Tag("exhaustive")
@Tag("F-14")
@Tag("T-07")
class FileFuzzTests {

	private final long seed = System.nanoTime();

	private final Mutations mutations = new Mutations(this.seed);

	@TempDir
	private Path home;

	@BeforeEach
	void restrict() throws IOException {
		Files.setPosixFilePermissions(this.home, PosixFilePermissions.fromString("rwx------"));
	}

	@ParameterizedTest
	@EnumSource
	void startWhenFileIsDamagedOpensNoMoreThanWithoutIt(FuzzedFile file) throws Exception {
		byte[] intact = intact(file);
		int files = 0;
		int opened = 0;
		for (byte[] content : damaged(file, intact)) {
			Files.write(file.in(this.home), content);
			boolean open = start(file) != ConsentScope.NONE;
			opened += (open && !file.saysYes(content, intact)) ? 1 : 0;
			assertThat(opened).as(() -> "seed " + this.seed + ": " + new String(content, StandardCharsets.ISO_8859_1))
				.isZero();
			files++;
		}
		System.out.println("Fuzz: " + file.in(Path.of("")) + " seed=" + this.seed + " files=" + files + " opened=0");
	}

	@ParameterizedTest
	@EnumSource
	void startWhenFileIsNoFileOfOursOpensNoMoreThanWithoutIt(FuzzedFile file) throws Exception {
		byte[] intact = intact(file);
		Path path = file.in(this.home);
		Path elsewhere = Files.write(this.home.resolveSibling("elsewhere"), intact);
		for (Replacement replacement : replacements(path, intact, elsewhere)) {
			Files.deleteIfExists(path);
			replacement.make();
			assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), () -> start(file)))
				.isEqualTo(ConsentScope.NONE);
			assertThat(Files.readAllBytes(elsewhere)).as("what a link leads to").isEqualTo(intact);
		}
		Files.deleteIfExists(path);
	}

	/** The positive control: as they are, three files open and the others do not. */
	@ParameterizedTest
	@EnumSource
	void startWhenFileIsIntactOpensWhatItSays(FuzzedFile file) throws Exception {
		intact(file);
		ConsentScope expected = switch (file) {
			case RECORD, CONFIGURATION -> ConsentScope.EXPORT;
			case OPT_IN -> ConsentScope.LOCAL;
			default -> ConsentScope.NONE;
		};
		assertThat(start(file)).isEqualTo(expected);
	}

	private byte[] intact(FuzzedFile file) throws IOException {
		file.write(this.home);
		Files.setPosixFilePermissions(file.in(this.home), PosixFilePermissions.fromString("rw-------"));
		return Files.readAllBytes(file.in(this.home));
	}

	/** Every truncation, every byte, and some of everything else. */
	private List<byte[]> damaged(FuzzedFile file, byte[] intact) {
		List<byte[]> damaged = new ArrayList<>();
		for (int at = 0; at < intact.length; at++) {
			damaged.add(Arrays.copyOf(intact, at));
			for (int bit = 0; bit < (file.canOpen() ? Byte.SIZE : 1); bit++) {
				byte[] flipped = intact.clone();
				flipped[at] ^= (byte) (1 << bit);
				damaged.add(flipped);
			}
		}
		for (int i = 0; i < (file.canOpen() ? 1500 : 300); i++) {
			damaged.add(this.mutations.mutate(intact));
		}
		damaged.add(Arrays.copyOf(intact, 2 * 1024 * 1024));
		damaged.add(new byte[1024 * 1024]);
		return damaged;
	}

	private List<Replacement> replacements(Path path, byte[] intact, Path elsewhere) {
		List<Replacement> replacements = new ArrayList<>();
		replacements.add(() -> Files.createSymbolicLink(path, elsewhere));
		replacements.add(() -> Files.createSymbolicLink(path, Path.of("nowhere")));
		replacements.add(() -> Files.createSymbolicLink(path, path.getFileName()));
		replacements.add(() -> Files.createDirectory(path));
		replacements.add(() -> mode(Files.write(path, intact), "rw-rw-rw-"));
		replacements.add(() -> fifo(path));
		if ("root".equals(System.getProperty("user.name"))) {
			replacements.add(() -> Files.setAttribute(Files.write(path, intact), "unix:uid", 12345));
		}
		return replacements;
	}

	private static void mode(Path file, String mode) throws IOException {
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
	}

	private static void fifo(Path path) throws Exception {
		Requirement.that(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is here");
		assertThat(Patience.exit("mkfifo", new ProcessBuilder("/usr/bin/mkfifo", "-m", "600", path.toString()).start()))
			.isZero();
	}

	/** Read everything that a start reads, and then what else reads the file. */
	private ConsentScope start(FuzzedFile file) {
		StandardEnvironment environment = new Binding()
			.with("telemetry.home=" + this.home, "telemetry.endpoint=https://collector.example.com",
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false")
			.environment();
		Problems problems = new Problems();
		TelemetryYamlFile yaml = new TelemetryYamlFile(TelemetryYamlFile::fromDisk, getClass().getClassLoader(),
				problems::report);
		TelemetrySettings settings = new TelemetryPropertiesBinder(environment,
				new ToolSettings(environment, "DemoApplication", null), yaml, problems::report)
			.bind();
		ConsentGate gate = ConsentGate.builder(new ConsentStores(settings, problems).file())
			.tool(TelemetryWiring.toolName(settings))
			.sources(TelemetryWiring.consentSources(settings, environment, yaml, problems))
			.policy(TelemetryWiring.consentPolicy(settings))
			.build();
		ConsentScope scope = gate.refresh().scope();
		assertThatCode(() -> readAfterwards(file)).doesNotThrowAnyException();
		return Objects.requireNonNull(scope);
	}

	private void readAfterwards(FuzzedFile file) {
		try {
			file.read(this.home);
		}
		catch (IOException ex) {
			assertThat(ex.getMessage()).as("says what is wrong").isNotBlank();
		}
	}

	/** Puts something else in the place of a file. */
	private interface Replacement {

		void make() throws Exception;

	}

}
