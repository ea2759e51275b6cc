package dev.telemetry.consent.gate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.telemetry.consent.store.ConsentScope;
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
	@ValueSource(strings = { "", "\n", "enabled", "t", "false", "true false", "true\ntrue", "true\0", "tr\u0000ue",
			"# true" })
	void readWhenFileHoldsAnythingElseIsNoYes(String content) throws Exception {
		Files.writeString(this.file, content);
		assertThat(Inputs.resolve(read()).state()).isEqualTo(ConsentState.UNDECIDED);
	}

	@Test
	void readWhenFileHasAByteOrderMarkFollowsIt() throws Exception {
		for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
			Files.write(this.file, "\uFEFFtrue\r\n".getBytes(charset));
			assertThat(Inputs.resolve(read()).scope()).as(charset.name()).isEqualTo(ConsentScope.LOCAL);
			assertThat(this.problems.list()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "enabled", "t", "true false", "true # yes, please", "# true", "true\0", "'true'",
			"tru" })
	void readWhenFileIsNotUnderstoodSaysSo(String content) throws Exception {
		Files.writeString(this.file, content);
		assertThat(Inputs.resolve(read()).state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(this.problems.list()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("telemetry.opt-in");
			assertThat(problem.action()).startsWith("write 'true'");
		});
		Files.writeString(this.file, "false");
		assertThat(Inputs.resolve(read()).state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(this.problems.list()).isEmpty();
	}

	@Test
	void readWhenFileIsInNoKnownEncodingSaysSo() throws Exception {
		Files.write(this.file, "true".getBytes(StandardCharsets.UTF_16LE));
		assertThat(Inputs.resolve(read()).state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(this.problems.list()).hasSize(1);
		Files.write(this.file, new byte[] { (byte) 0xc3 });
		assertThat(Inputs.resolve(read()).state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(this.problems.list()).hasSize(1);
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
