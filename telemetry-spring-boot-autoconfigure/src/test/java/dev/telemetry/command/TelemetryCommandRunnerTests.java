package dev.telemetry.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.ReportQuery;
import dev.telemetry.machine.IdJournal;
import dev.telemetry.storage.Home;
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
				.contains("no decision has been made")
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
	void jsonOfAResetIsTheEndpointsDocument() throws Exception {
		CommandFixture.run(home(), (application) -> {
			run(application, CommandAction.ENABLE, null);
			application.printed();
			IdJournal journal = new IdJournal(Home.chosen(home()), InstantSource.system());
			try {
				journal.sent("a".repeat(64));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			application.commands().run(new CommandRequest(CommandAction.RESET, null, null, true), application.out);
			Map<?, ?> printed = new JsonMapper().readValue(application.printed(), Map.class);
			assertThat(((Map<?, ?>) printed.get("deletion")).keySet()).map(Object::toString)
				.contains("outcome", "ids", "text", "pending")
				.doesNotContain("progress");
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
	void noticeShowsWhatAYesAgreesTo() {
		CommandFixture.runner(home())
			.withPropertyValues("telemetry.endpoint=https://collector.example.com", "telemetry.tool.name=demo\u001b[2J")
			.run((context) -> {
				CommandFixture application = CommandFixture.of(context);
				assertThat(run(application, CommandAction.NOTICE, null)).isZero();
				String printed = application.printed();
				assertThat(printed).contains("collector.example.com").doesNotContain("\u001b");
				assertThat(printed.lines().toList()).last().asString().matches("notice: +sha256:[0-9a-f]{64}");
				application.commands().run(new CommandRequest(CommandAction.NOTICE, null, null, true), application.out);
				Map<?, ?> document = new JsonMapper().readValue(application.printed(), Map.class);
				assertThat(document.get("current")).asString().startsWith("sha256:");
			});
	}

	@Test
	void enableInTheLanguageOfTheNoticeThatWasShownIsInTheReceipt() {
		CommandFixture.run(home(), (application) -> {
			assertThat(enableIn("fr", application)).isEqualTo(TelemetryCommandRunner.USAGE);
			assertThat(application.printed()).contains("invalid-locale");
			assertThat(home()).doesNotExist();
			assertThat(enableIn("de", application)).isZero();
			assertThat(home().resolve("consent-receipts.jsonl")).content().contains("\"locale\":\"de\",\"text\":");
			application.printed();
			run(application, CommandAction.NOTICE, null);
			assertThat(application.printed().lines()).anyMatch((line) -> line.matches("language: +en"));
		});
	}

	private static int enableIn(String locale, CommandFixture application) {
		return application.commands()
			.run(new CommandRequest(CommandAction.ENABLE, "local", null, locale, false, null), application.out);
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

	@Test
	void reportIsWrittenAsAskedFor() throws Exception {
		Files.createDirectories(home());
		Files.writeString(home().resolve("telemetry.log"), """
				{"name":"order.placed","attrs":{"plan":"gr\u00fcn","items":2}}
				{"name":"order.placed","attrs":{"plan":"=1","items":6}}
				""");
		CommandFixture.run(home(), (application) -> {
			assertThat(run(application, CommandAction.REPORT, null)).isZero();
			assertThat(application.printed()).startsWith("Event ").endsWith("2 events\n");
			ReportQuery query = ReportQuery.parse(null, null, List.of(), "plan", "items");
			for (ReportFormat format : ReportFormat.values()) {
				assertThat(application.commands()
					.run(CommandRequest.ofReport(new ReportRequest(format, query)), application.out)).isZero();
				assertThat(application.printed()).contains(switch (format) {
					case TEXT -> "order.placed: =1 75 %, gr\u00fcn 25 % of items";
					case JSON -> "\"value\":\"gr\\u00FCn\"";
					case CSV -> "\"order.placed\",group,\"'=1\",1,";
					case HTML -> "<th scope=\"row\">gr\u00fcn</th>";
				});
			}
		});
	}

	private static int run(CommandFixture application, CommandAction action, @Nullable String scope) {
		return application.commands().run(new CommandRequest(action, scope, null, false), application.out);
	}

	private Path home() {
		return this.directory.resolve("home");
	}

}
