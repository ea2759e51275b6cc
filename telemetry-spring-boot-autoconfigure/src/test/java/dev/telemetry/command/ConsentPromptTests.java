package dev.telemetry.command;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

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
	void viewAsksAgain() {
		this.terminal.lines.addAll(List.of("v", "y"));
		CommandFixture.run(home(), (application) -> {
			ask(application, true);
			assertThat(application.state()).isEqualTo("GRANTED");
			assertThat(this.terminal.printed).anyMatch((text) -> text.startsWith("undeclared policy"));
			assertThat(home().resolve("consent.json")).content().contains("\"notice\":\"sha256:");
		});
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
			new ConsentPrompt(true, application.endpoint(), application.notice(), () -> null)
				.onApplicationEvent(started());
			assertThat(home()).doesNotExist();
		});
	}

	private void ask(CommandFixture application, boolean interactive) {
		new ConsentPrompt(interactive, application.endpoint(), application.notice(), () -> this.terminal)
			.onApplicationEvent(started());
	}

	private static ApplicationStartedEvent started() {
		return new ApplicationStartedEvent(new SpringApplication(), new String[0],
				mock(ConfigurableApplicationContext.class), null);
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	private static final class ScriptedTerminal implements Terminal {

		private final Deque<String> lines = new ArrayDeque<>();

		private final List<String> printed = new ArrayList<>();

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
