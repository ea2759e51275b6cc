package dev.telemetry.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TelemetryCommandRunner}. */
class TelemetryCommandRunnerTests {

	@TempDir
	private Path directory;

	@Test
	void statusSaysWhyAndWhatToDo() {
		CommandFixture.run(home(), (application) -> {
			assertThat(run(application, CommandAction.STATUS, null)).isZero();
			assertThat(application.printed()).contains("UNDECIDED, scope NONE")
				.contains("nobody has said anything")
				.contains("next:");
			assertThat(home()).doesNotExist();
		});
	}

	@Test
	void jsonIsTheEndpointsDocument() {
		CommandFixture.run(home(), (application) -> {
			application.commands().run(new CommandRequest(CommandAction.STATUS, null, null, true), application.out);
			JsonMapper mapper = new JsonMapper();
			Map<?, ?> printed = mapper.readValue(application.printed(), Map.class);
			Map<?, ?> shown = mapper.readValue(mapper.writeValueAsString(application.endpoint().status()), Map.class);
			shown.values().removeIf((value) -> value == null);
			assertThat(printed).isEqualTo(shown);
			assertThat(printed.keySet()).hasSizeGreaterThan(4);
		});
	}

	@Test
	void enableAndDisableAreRecordedAsSaidHere() {
		CommandFixture.run(home(), (application) -> {
			assertThat(run(application, CommandAction.ENABLE, "local")).isZero();
			assertThat(application.printed()).contains("GRANTED, scope LOCAL").contains("machine id:");
			assertThat(home().resolve("consent.json")).content().contains("\"channel\":\"command\"");
			assertThat(run(application, CommandAction.DISABLE, null)).isZero();
			assertThat(application.printed()).contains("WITHDRAWN, scope NONE");
		});
	}

	@Test
	void enableWhenVetoedIsRefusedWithTheOrigin() {
		CommandFixture.runner(home()).withPropertyValues("telemetry.enabled=false").run((context) -> {
			CommandFixture application = CommandFixture.of(context);
			assertThat(run(application, CommandAction.ENABLE, null)).isEqualTo(TelemetryCommandRunner.REFUSED);
			assertThat(application.printed()).contains("vetoed").contains("telemetry.enabled");
			assertThat(home()).doesNotExist();
		});
	}

	@Test
	void enableWhenScopeIsWrongIsWrongUsage() {
		CommandFixture.run(home(),
				(application) -> assertThat(run(application, CommandAction.ENABLE, "everything")).isEqualTo(2));
	}

	@Test
	void enableWhenNothingCanBeWrittenSaysSo() throws Exception {
		Files.createDirectories(home().resolve("consent-receipts.jsonl"));
		CommandFixture.run(home(), (application) -> {
			assertThat(run(application, CommandAction.ENABLE, null)).isEqualTo(TelemetryCommandRunner.NOT_KEPT);
			assertThat(application.printed()).contains("not-persisted");
			assertThat(application.state()).isEqualTo("UNDECIDED");
		});
	}

	@Test
	void resetSaysWhatBecameOfIt() {
		CommandFixture.run(home(), (application) -> {
			run(application, CommandAction.ENABLE, null);
			application.printed();
			assertThat(run(application, CommandAction.RESET, null)).isZero();
			assertThat(application.printed()).contains("NOT_NEEDED").contains("WITHDRAWN").doesNotContain(" sent");
			assertThat(home().resolve("install-secret")).doesNotExist();
		});
	}

	@Test
	void noticeWhenThereIsNoneSaysSo() {
		CommandFixture.run(home(), (application) -> {
			assertThat(run(application, CommandAction.NOTICE, null)).isEqualTo(TelemetryCommandRunner.REFUSED);
			assertThat(application.printed()).contains("no-notice");
		});
	}

	@Test
	void noticeWhenThereIsOneShowsIt() {
		CommandFixture.runner(home()).withBean(NoticeText.class, SampleNotice::new).run((context) -> {
			CommandFixture application = CommandFixture.of(context);
			run(application, CommandAction.NOTICE, null);
			application.commands().run(new CommandRequest(CommandAction.NOTICE, null, null, true), application.out);
			assertThat(application.printed().lines()).containsExactly("order.placed ?[2J", "{\"hash\":\"sha256:ab\"}");
		});
	}

	@Test
	void exportIsOneDocument() {
		CommandFixture.run(home(), (application) -> {
			run(application, CommandAction.ENABLE, null);
			application.printed();
			assertThat(run(application, CommandAction.EXPORT, null)).isZero();
			Map<?, ?> document = new JsonMapper().readValue(application.printed(), Map.class);
			assertThat(document.keySet()).map(Object::toString).contains("consent", "receipts", "log");
		});
	}

	private static int run(CommandFixture application, CommandAction action, @Nullable String scope) {
		return application.commands().run(new CommandRequest(action, scope, null, false), application.out);
	}

	private Path home() {
		return this.directory.resolve("home");
	}

	/** A notice with something in it that would clear the screen. */
	public static final class SampleNotice implements NoticeText {

		@Override
		public Record document() {
			return new Hash("sha256:ab");
		}

		@Override
		public List<String> lines() {
			return List.of("order.placed \u001b[2J");
		}

		public record Hash(String hash) {

		}

	}

}
