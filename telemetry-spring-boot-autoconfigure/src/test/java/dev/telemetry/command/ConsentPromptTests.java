package dev.telemetry.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

/** Tests for {@link ConsentPrompt}. */
class ConsentPromptTests {

	@TempDir
	private Path directory;

	private final ScriptedTerminal terminal = new ScriptedTerminal();

	@ParameterizedTest
	@CsvSource({ "y, GRANTED, EXPORT", "YES, GRANTED, EXPORT", "l, GRANTED, LOCAL", "n, DENIED, NONE",
			"'', DENIED, NONE", "maybe, DENIED, NONE" })
	void answerIsRecorded(String line, String state, String scope) {
		this.terminal.lines.add(line);
		CommandFixture.runner(home()).withPropertyValues("telemetry.endpoint=http://localhost:1").run((context) -> {
			CommandFixture application = CommandFixture.of(context);
			ask(application, true);
			assertThat(application.state()).isEqualTo(state);
			assertThat(application.endpoint().status().consent().scope()).hasToString(scope);
			assertThat(home().resolve("consent.json")).content().contains("\"channel\":\"command\"");
		});
		assertThat(this.terminal.printed).anyMatch((text) -> text.contains("consent:") && text.contains(state));
	}

	@Test
	void answerIsAskedForOnceOnly() {
		this.terminal.lines.addAll(List.of("n", "y"));
		CommandFixture.run(home(), (application) -> {
			ask(application, true);
			ask(application, true);
			assertThat(application.state()).isEqualTo("DENIED");
			assertThat(this.terminal.lines).containsExactly("y");
		});
	}

	@Test
	void viewShowsExamplesAndAsksAgain() {
		this.terminal.lines.addAll(List.of("v", "l"));
		CommandFixture.runner(home()).withBean(EventDefinition.class, ConsentPromptTests::placed).run((context) -> {
			CommandFixture application = CommandFixture.of(context);
			ask(application, true);
			assertThat(application.state()).isEqualTo("GRANTED");
			assertThat(this.terminal.beforeQuestion()).doesNotContain("{\"", "sha256:", "1970");
			assertThat(this.terminal.text()).contains("\"name\":\"order.placed\"")
				.containsPattern("(?s)Allow\\?.*\"items\":3.*Allow\\?");
			assertThat(home().resolve("consent.json")).content().contains("\"notice\":\"sha256:");
		});
	}

	@Test
	void questionNamesTheAnswersAndTheHosts() {
		CommandFixture.runner(home())
			.withPropertyValues("telemetry.endpoint=https://collector.example.com")
			.run((context) -> ask(CommandFixture.of(context), true));
		assertThat(this.terminal.text())
			.contains("Allow? [N] no · [l] only on this machine · [y] and send to collector.example.com"
					+ " · [v] example events ")
			.contains("Who asks, and why", "How to change the decision");
	}

	@Test
	void yesWhereNothingIsSentStaysOnThisMachine() {
		this.terminal.lines.add("y");
		CommandFixture.run(home(), (application) -> {
			ask(application, true);
			assertThat(home().resolve("consent.json")).content().contains("\"scope\":\"local\"");
		});
		assertThat(this.terminal.text()).doesNotContain("[y]");
	}

	@Test
	void userIsAskedInTheirLanguage() {
		CommandFixture.run(home(), (application) -> ask(application, true, Locale.GERMAN));
		assertThat(this.terminal.text()).contains("Wer fragt, und warum", "Erlauben? [N] nein");
	}

	@Test
	void sentencesThatTheUserSawAreStoredWithTheGrantAndNamedInItsReceipt() {
		this.terminal.lines.add("l");
		CommandFixture.runner(home()).run((context) -> {
			ask(CommandFixture.of(context), true, Locale.GERMAN);
			String receipt = Files.readString(home().resolve("consent-receipts.jsonl"));
			Matcher named = Pattern.compile("\"locale\":\"de\",\"text\":\"sha256:([0-9a-f]{64})\"").matcher(receipt);
			assertThat(named.find()).as(receipt).isTrue();
			String stored = Files.readString(home().resolve("notices/" + named.group(1) + ".de.txt"));
			assertThat(stored).startsWith("Wer fragt, und warum\n");
			assertThat(this.terminal.text()).startsWith(stored);
			ConsentStore store = ConsentStore.file(Home.chosen(home()), "demo-app");
			assertThat(store.receiptsProblem()).isNull();
		});
	}

	@Test
	void noticeIsShownAPageAtATime() {
		this.terminal.rows = 8;
		this.terminal.columns = 40;
		this.terminal.lines.addAll(List.of("", "", "", "", "", "", "", "", "", ""));
		CommandFixture.run(home(), (application) -> {
			ask(application, true);
			assertThat(application.state()).isEqualTo("DENIED");
		});
		List<String> pages = List.of(this.terminal.beforeQuestion().split("Press Enter for more\\. "));
		assertThat(pages).hasSizeGreaterThan(3)
			.allSatisfy((page) -> assertThat(page.lines()).hasSizeLessThanOrEqualTo(8)
				.allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(40)));
	}

	@Test
	void endOfInputBetweenPagesRecordsNothing() {
		this.terminal.rows = 8;
		CommandFixture.run(home(), (application) -> {
			ask(application, true);
			assertThat(this.terminal.text()).contains("Press Enter").doesNotContain("Allow?");
			assertThat(home()).doesNotExist();
		});
	}

	@Test
	void staleConsentIsAskedAgainWithWhatIsNewFirst() {
		this.terminal.lines.add("l");
		CommandFixture.run(home(), (application) -> ask(application, true));
		this.terminal.printed.clear();
		this.terminal.lines.add("l");
		CommandFixture.runner(home()).withBean(EventDefinition.class, ConsentPromptTests::placed).run((context) -> {
			CommandFixture application = CommandFixture.of(context);
			assertThat(application.state()).isEqualTo("STALE");
			ask(application, true);
			assertThat(application.state()).isEqualTo("GRANTED");
		});
		assertThat(this.terminal.text()).startsWith("New since you agreed on ");
		assertThat(home().resolve("notices")).isDirectoryContaining(this::isStartOfWhatWasShown);
	}

	@Test
	void endOfInputRecordsNothing() {
		CommandFixture.run(home(), (application) -> {
			ask(application, true);
			assertThat(this.terminal.printed).as("it was asked").isNotEmpty();
			assertThat(application.state()).isEqualTo("UNDECIDED");
			assertThat(home()).doesNotExist();
		});
	}

	@Test
	void nobodyIsAskedUnlessConfigured() {
		this.terminal.lines.add("y");
		CommandFixture.run(home(), (application) -> {
			ask(application, false);
			assertThat(this.terminal.printed).isEmpty();
			assertThat(home()).doesNotExist();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.enabled=true", "telemetry.enabled=false", "telemetry.feature.enabled=false",
			"telemetry.consent.detect-test-environment=true" })
	void nobodyIsAskedWhenSomethingIsDecided(String property) {
		this.terminal.lines.add("y");
		CommandFixture.runner(home()).withPropertyValues(property).run((context) -> {
			ask(CommandFixture.of(context), true);
			assertThat(this.terminal.printed).isEmpty();
			assertThat(this.terminal.lines).hasSize(1);
		});
	}

	@Test
	void nobodyIsAskedWithoutATerminal() {
		CommandFixture.run(home(), (application) -> {
			new ConsentPrompt(true, 0, application.endpoint(), application.notice(), () -> null, List.of()).start();
			assertThat(home()).doesNotExist();
		});
	}

	private boolean isStartOfWhatWasShown(Path file) {
		return file.toString().endsWith(".en.txt")
				&& this.terminal.text().startsWith(assertDoesNotThrow(() -> Files.readString(file)));
	}

	private void ask(CommandFixture application, boolean interactive, Locale... languages) {
		new ConsentPrompt(interactive, 0, application.endpoint(), application.notice(), () -> this.terminal,
				List.of(languages))
			.start();
	}

	private static EventDefinition placed() {
		return EventDefinition.builder("order.placed").property("items", PropertyType.NUMBER).build();
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private static final class ScriptedTerminal implements Terminal {

		private final Deque<String> lines = new ArrayDeque<>();

		private final List<String> printed = new ArrayList<>();

		private int columns = 200;

		private int rows = 100;

		@Override
		public int columns() {
			return this.columns;
		}

		@Override
		public int rows() {
			return this.rows;
		}

		String text() {
			return String.join("", this.printed);
		}

		/** What a user reads before the first decision, with the question itself. */
		String beforeQuestion() {
			String text = text();
			return text.substring(0, text.indexOf("Allow?"));
		}

		@Override
		public void print(String text) {
			this.printed.add(text);
		}

		@Override
		public @Nullable String readLine() {
			return this.lines.poll();
		}

	}

}
