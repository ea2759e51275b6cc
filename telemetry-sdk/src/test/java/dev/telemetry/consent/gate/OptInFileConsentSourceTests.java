package dev.telemetry.consent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link OptInFileConsentSource}. */
class OptInFileConsentSourceTests {

	@TempDir
	Path directory;

	private final Problems problems = new Problems();

	private Path file;

	private ConsentSource source;

	@BeforeEach
	void createSource() {
		this.file = this.directory.resolve("telemetry.opt-in");
		this.source = ConsentSource.optInFile(Home.chosen(this.directory), this.problems);
	}

	@Test
	void readWhenFileIsMissingSaysNothingAndCreatesNothing() {
		assertThat(read()).isEqualTo(new ConsentInput(12, "telemetry.opt-in", null, null, false));
		assertThat(this.problems.list()).isEmpty();
		assertThat(this.directory).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "true\n", " Yes \r\n", "1", "on", "Y" })
	void readWhenFileHoldsTrueWordIsYes(String content) throws Exception {
		Files.writeString(this.file, content);
		assertThat(read().word()).isEqualTo(BooleanWord.TRUE);
		assertThat(read().origin()).as("without the path, which names a person").isEqualTo("telemetry.opt-in");
		assertThat(Inputs.resolve(read()).scope()).isEqualTo(ConsentScope.LOCAL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "enabled", "t", "false", "true false", "true\ntrue", "\uFEFFtrue", "true\0",
			"tr\u0000ue", "# true" })
	void readWhenFileHoldsAnythingElseIsNoYes(String content) throws Exception {
		Files.writeString(this.file, content);
		assertThat(Inputs.resolve(read()).state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@Test
	void readWhenFileIsNotOursIgnoresItWithProblemUntilMended() throws Exception {
		Files.writeString(this.file, "true");
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-rw-rw-"));
		assertThat(read().value()).isNull();
		assertThat(this.problems.list()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("telemetry.opt-in");
			assertThat(problem.problem()).startsWith("it is ignored: ");
		});
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("rw-------"));
		assertThat(read().word()).isEqualTo(BooleanWord.TRUE);
		assertThat(this.problems.list()).isEmpty();
	}

	@Test
	void readWhenFileIsLinkDirectoryOrHugeIgnoresIt() throws Exception {
		Path target = Files.writeString(this.directory.resolve("target"), "true");
		Files.createSymbolicLink(this.file, target);
		assertThat(read().value()).isNull();
		Files.delete(this.file);
		Files.createDirectory(this.file);
		assertThat(read().value()).isNull();
		Files.delete(this.file);
		Files.writeString(this.file, "true" + " ".repeat(2000));
		assertThat(read().value()).isNull();
	}

	private ConsentInput read() {
		return this.source.read().get(0);
	}

}
