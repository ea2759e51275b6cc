package dev.telemetry.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;

import dev.telemetry.storage.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link IdJournal}. */
@DisabledOnOs(OS.WINDOWS)
class IdJournalTests {

	@TempDir
	Path directory;

	@Test
	void idsWhenNothingWasSentIsEmptyAndCreatesNothing() throws Exception {
		assertThat(journal().ids()).isEmpty();
		journal().erase();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void sentIsThereForTheNextRun() throws Exception {
		IdJournal journal = journal();
		journal.sent("a1");
		journal.sent("b2");
		assertThat(journal().ids()).containsExactly("a1", "b2");
		assertThat(Files.readString(file())).contains("{\"id\":\"a1\",\"first_sent\":\"2026-11-21T03:00:00Z\"}\n");
		assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
	}

	@Test
	void sentWritesNoEmptyLineUnlessOneWasLeftTorn() throws Exception {
		journal().sent("a1");
		journal().sent("b2");
		assertThat(Files.readString(file())).startsWith("{").doesNotContain("\n\n");
		Files.writeString(file(), "{\"id\":\"torn", StandardOpenOption.APPEND);
		journal().sent("c3");
		assertThat(Files.readAllLines(file())).hasSize(4);
		assertThat(journal().ids()).containsExactly("a1", "b2", "c3");
	}

	@Test
	void sentWhenKnownWritesNothing() throws Exception {
		IdJournal journal = journal();
		journal.sent("a1");
		long size = Files.size(file());
		journal.sent("a1");
		journal().sent("a1");
		assertThat(Files.size(file())).isEqualTo(size);
	}

	@Test
	void sentWhenAnotherProcessErasedTheJournalWritesAgain() throws Exception {
		IdJournal journal = journal();
		journal.sent("a1");
		journal().erase();
		journal.sent("a1");
		assertThat(journal().ids()).containsExactly("a1");
	}

	@Test
	void sentWhenAnotherProcessReplacedTheJournalWritesAgain() throws Exception {
		IdJournal journal = journal();
		journal.sent("a1");
		journal().erase();
		journal().sent("b2");
		journal.sent("a1");
		assertThat(journal().ids()).containsExactly("b2", "a1");
	}

	@Test
	void sentWhenThreadIsInterruptedWritesAndKeepsTheInterrupt() throws Exception {
		Thread.currentThread().interrupt();
		journal().sent("a1");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(journal().ids()).containsExactly("a1");
	}

	@Test
	void sentWhenItCannotBeWrittenFailsEachTime() throws Exception {
		Files.writeString(this.directory.resolve("home"), "a file where a directory should be");
		IdJournal journal = journal();
		assertThatIOException().isThrownBy(() -> journal.sent("a1"));
		assertThatIOException().isThrownBy(() -> journal.sent("a1"));
		Files.delete(this.directory.resolve("home"));
		journal.sent("a1");
		assertThat(journal().ids()).containsExactly("a1");
	}

	@Test
	void eraseErasesAndGoesOn() throws Exception {
		IdJournal journal = journal();
		journal.sent("a1");
		journal.erase();
		assertThat(file()).doesNotExist();
		assertThat(journal.ids()).isEmpty();
		journal.sent("a1");
		assertThat(journal.ids()).containsExactly("a1");
	}

	@Test
	void idsWhenCutAnywhereReturnsWholeLinesAndTakesMore() throws Exception {
		IdJournal first = journal();
		first.sent("a1");
		first.sent("b2");
		byte[] whole = Files.readAllBytes(file());
		for (int length = 0; length <= whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);
			Files.write(file(), cut);
			int before = journal().ids().size();
			journal().sent("c3");
			assertThat(journal().ids()).hasSize(before + 1).endsWith("c3");
		}
		assertThat(journal().ids()).containsExactly("a1", "b2", "c3");
	}

	@Test
	void idsSkipsDamageAndKeepsTheRest() throws Exception {
		journal().sent("a1");
		write(Files.readString(file()) + "\u0000\u0000\n[\"x\"]\n{\"id\":5}\n{\"id\":\"not an id!\"}\n"
				+ "{\"note\":{\"id\":\"x\"},\"id\":\"b2\"}\n{\"id\":\"c3\"");
		assertThat(journal().ids()).containsExactly("a1", "b2");
	}

	@Test
	void idsWhenJournalIsNotOursFails() throws Exception {
		Path victim = Files.writeString(this.directory.resolve("victim"), "{\"id\":\"a1\"}\n");
		Files.createDirectories(file().resolveSibling("."));
		Files.createSymbolicLink(file(), victim);
		assertThatIOException().isThrownBy(() -> journal().ids())
			.withMessage("ids.jsonl cannot be used: it is a symbolic link");
		assertThatIOException().isThrownBy(() -> journal().sent("b2"));
		assertThat(victim).hasContent("{\"id\":\"a1\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a\"b", "a\nb", "ü" })
	void sentWhenNoIdentifierNamesIt(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> journal().sent(id)).withMessageStartingWith("'id' must");
		assertThat(this.directory).isEmptyDirectory();
	}

	private IdJournal journal() {
		return new IdJournal(Home.chosen(this.directory.resolve("home")), () -> Instant.parse("2026-11-21T03:00:00Z"));
	}

	private void write(String content) throws IOException {
		Files.writeString(file(), content);
	}

	private Path file() {
		return this.directory.resolve("home/ids.jsonl");
	}

}
