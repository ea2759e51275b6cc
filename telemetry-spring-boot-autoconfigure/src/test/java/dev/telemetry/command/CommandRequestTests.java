package dev.telemetry.command;

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

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "=bogus", "=STATUS", "=status,enable" })
	void parseWhenCommandIsWrongSaysWhatWouldBeRight(String word) {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandRequest.parse("--telemetry.command" + word))
			.withMessageStartingWith("--telemetry.command must be");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--telemetry.scope=local", "--telemetry.notice=sha256:ab", "--telemetry.output=xml",
			"--telemetry.command=enable" })
	void parseWhenOptionDoesNotFitIsRefused(String option) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CommandRequest.parse("--telemetry.command=disable", option));
	}

}
