package dev.telemetry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code consent}: what is recorded is shown, denied and erased without the application.
 */
class ConsentCommandTests {

	private static final String GRANT = "0123456789abcdef0123456789abcdef";

	@TempDir
	private Path directory;

	private Cli.Answer run(String command, String... more) {
		return Cli
			.run(Stream.concat(Stream.of("consent", command, "--home", this.directory.toString()), Stream.of(more))
				.toArray(String[]::new));
	}

	private ConsentStore store() {
		return ConsentStore.file(Home.chosen(this.directory), "acme");
	}

	private void grant() throws IOException {
		store().write(new ConsentRecord(1, true, true, ConsentScope.EXPORT, "sha256:" + "a".repeat(64), GRANT,
				Instant.parse("2026-11-20T10:00:00Z"), "actuator", "acme"));
	}

	private Path file(String name) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent(),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Files.writeString(file, "{\"name\":\"a.b\"}\n");
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
	}

	@Test
	void statusWithoutARecordSaysSo() {
		Cli.Answer answer = run("status");
		assertThat(answer.code()).isZero();
		assertThat(answer.out()).startsWith("recorded: no decision\nThis is the recorded decision only");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void statusOfAGrantSaysHowFarAndSinceWhen() throws IOException {
		grant();
		Cli.Answer answer = run("status");
		assertThat(answer.code()).isZero();
		assertThat(answer.out().lines()).startsWith("recorded: granted", "scope: export", "at: 2026-11-20T10:00:00Z",
				"channel: actuator", "tool: acme", "notice: sha256:" + "a".repeat(64));
		assertThat(answer.out()).doesNotContain(GRANT);
		assertThat(run("status", "--output", "json").out()).isEqualTo("{\"recorded\":\"granted\",\"scope\":\"export\","
				+ "\"at\":\"2026-11-20T10:00:00Z\",\"channel\":\"actuator\",\"tool\":\"acme\",\"notice\":\"sha256:"
				+ "a".repeat(64) + "\"}\n");
	}

	@Test
	void statusOfADamagedRecordIsOne() throws IOException {
		file("consent.json");
		Cli.Answer answer = run("status");
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).startsWith("recorded: unreadable\nreason: ");
	}

	@Test
	void disableTakesAGrantBack() throws IOException {
		grant();
		assertThat(run("disable")).isEqualTo(new Cli.Answer(0, "Recorded: consent is denied\n", ""));
		ConsentRecord record = store().read().record();
		assertThat(record).isNotNull();
		assertThat(record.granted()).isFalse();
		assertThat(record.grantedBefore()).isTrue();
		assertThat(record.channel()).isEqualTo("command");
		assertThat(run("status").out()).startsWith("recorded: withdrawn\n");
	}

	@Test
	void disableBeforeADecisionNeedsTheTool() {
		Cli.Answer answer = run("disable");
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("name the tool with --tool");
		assertThat(this.directory).isEmptyDirectory();
		assertThat(run("disable", "--tool", "acme").code()).isZero();
		assertThat(run("status").out()).startsWith("recorded: denied\n").contains("tool: acme\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "disable", "reset" })
	void toolOtherThanTheRecordedOneIsRefused(String command) throws IOException {
		grant();
		Cli.Answer answer = run(command, "--tool", "other");
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("is for 'acme'");
		assertThat(run("status").out()).startsWith("recorded: granted\n");
	}

	@Test
	void resetErasesWhatWasRecordedAndKeepsRequestsForDeletion() throws IOException {
		grant();
		String id = "b".repeat(64);
		new IdJournal(Home.chosen(this.directory), InstantSource.system()).sent(id);
		List<Path> erased = List.of(file("telemetry.log"), file("spill/otlp/" + UUID.randomUUID() + "/1.batch"),
				file("rejected/otlp.jsonl"), file("install-secret"));
		Cli.Answer answer = run("reset");
		assertThat(answer.out()).isEqualTo(
				"""
						Recorded: consent is denied. What was recorded here is erased
						1 requests for deletion of what was sent wait: the application passes them on when it next starts, if a \
						destination for them is configured
						""");
		assertThat(answer.code()).isZero();
		assertThat(erased).noneMatch(Files::exists);
		try (Stream<Path> requests = Files.list(this.directory.resolve("deletion"))) {
			assertThat(requests.map(ConsentCommandTests::read).toList()).singleElement().asString().contains(id);
		}
		assertThat(run("status").out()).startsWith("recorded: withdrawn\n");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void resetThatCannotEraseSaysWhat() throws IOException {
		grant();
		file("telemetry.log/inside");
		Cli.Answer answer = run("reset");
		assertThat(answer.code()).isOne();
		assertThat(answer.out()).startsWith("Not done: local log: ");
	}

	@Test
	void homeThatIsALinkIsRefused() throws IOException {
		Path link = this.directory.resolve("link");
		Files.createSymbolicLink(link, Files.createDirectory(this.directory.resolve("real")));
		Cli.Answer answer = Cli.run("consent", "disable", "--home", link.toString(), "--tool", "acme");
		assertThat(answer.code()).isEqualTo(2);
		assertThat(Files.exists(this.directory.resolve("real/consent.json"), LinkOption.NOFOLLOW_LINKS)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "status", "disable", "reset" })
	void homeThatIsMissingIsNotMade(String command) {
		Path missing = this.directory.resolve("missing");
		Cli.Answer answer = Cli.run("consent", command, "--home", missing.toString(), "--tool", "acme");
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("does not exist");
		assertThat(missing).doesNotExist();
	}

	@Test
	void withoutACommandTheChoiceIsNamed() {
		Cli.Answer answer = Cli.run("consent");
		assertThat(answer.code()).isEqualTo(2);
		assertThat(answer.err()).contains("status, enable, disable or reset");
	}

}
