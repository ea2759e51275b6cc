package dev.telemetry.command;

import java.time.Instant;
import java.util.Set;

import dev.telemetry.insight.ReportFormat;
import dev.telemetry.insight.ReportQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests for {@link CommandRequest}. */
class CommandRequestTests {

	@Test
	void parseWhenNoCommandIsNull() {
		assertThat(CommandRequest.parse("telemetry.command=status", "--server.port=0", "--telemetry.output=json"))
			.isNull();
	}

	@ParameterizedTest
	@EnumSource
	void parseKnowsEveryAction(CommandAction action) {
		assertThat(CommandRequest.parse("--telemetry.command=" + action.word()))
			.isEqualTo(new CommandRequest(action, null, null, false));
	}

	@Test
	void parseReadsScopeNoticeAndOutput() {
		assertThat(CommandRequest.parse("--telemetry.command=enable", "--telemetry.scope=local",
				"--telemetry.notice=sha256:ab", "--telemetry.output=json"))
			.isEqualTo(new CommandRequest(CommandAction.ENABLE, "local", "sha256:ab", true));
	}

	@Test
	void parseReadsTheLanguageOfTheNoticeThatWasShown() {
		assertThat(CommandRequest.parse("--telemetry.command=enable", "--telemetry.locale=de"))
			.isEqualTo(new CommandRequest(CommandAction.ENABLE, null, null, "de", false, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CommandRequest.parse("--telemetry.command=disable", "--telemetry.locale=de"))
			.withMessageContaining("belong to --telemetry.command=enable only");
	}

	@Test
	void parseReadsWhatAReportIsAskedFor() {
		assertThat(CommandRequest.parse("--telemetry.command=report", "--telemetry.since=2026-11-20",
				"--telemetry.until=2026-11-21T10:00:00Z", "--telemetry.event=a", "--telemetry.event=b",
				"--telemetry.by=plan", "--telemetry.sum=items", "--telemetry.output=csv"))
			.isEqualTo(CommandRequest
				.ofReport(new ReportRequest(ReportFormat.CSV, new ReportQuery(Instant.parse("2026-11-20T00:00:00Z"),
						Instant.parse("2026-11-21T10:00:00Z"), Set.of("a", "b"), "plan", "items"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--telemetry.since=soon", "--telemetry.event=a,", "--telemetry.by", "--telemetry.sum= ",
			"--telemetry.output=xml", "--telemetry.scope=local" })
	void parseWhenAReportCannotBeUnderstoodIsRefused(String option) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CommandRequest.parse("--telemetry.command=report", option));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=bogus", "=STATUS", "=status,enable" })
	void parseWhenCommandIsWrongSaysWhatWouldBeRight(String word) {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandRequest.parse("--telemetry.command" + word))
			.withMessageStartingWith("--telemetry.command must be");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--telemetry.scope=local", "--telemetry.notice=sha256:ab", "--telemetry.output=xml",
			"--telemetry.output=csv", "--telemetry.by=plan", "--telemetry.command=enable" })
	void parseWhenOptionDoesNotFitIsRefused(String option) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CommandRequest.parse("--telemetry.command=disable", option));
	}

}
