package dev.telemetry.autoconfigure;

import java.nio.file.Path;

import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.command.ConsentPrompt;
import dev.telemetry.command.TelemetryCommand;
import dev.telemetry.command.TelemetryCommandRunner;
import dev.telemetry.insight.PersonalDataExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class TelemetryCommandAutoConfigurationTests {

	@TempDir
	private Path home;

	@Test
	void importsNameIt() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(TelemetryCommandAutoConfiguration.class.getName());
	}

	@Test
	void commandsAreThereWithoutTheEndpointsBean() {
		runner().run((context) -> assertThat(context).hasSingleBean(TelemetryCommandRunner.class)
			.hasSingleBean(TelemetryCommand.class)
			.hasSingleBean(ConsentPrompt.class)
			.doesNotHaveBean(TelemetryEndpoint.class));
	}

	@Test
	void commandsWhenPicocliIsMissingAreThereWithoutItsSubcommand() {
		runner().withClassLoader(new FilteredClassLoader(CommandLine.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TelemetryCommandRunner.class)
				.doesNotHaveBean("telemetryCommand"));
	}

	@Test
	void exportWhenUserHasOneBacksOff() {
		runner().withBean("own", PersonalDataExport.class, () -> mock(PersonalDataExport.class))
			.run((context) -> assertThat(context).hasSingleBean(PersonalDataExport.class)
				.hasBean("own")
				.hasSingleBean(TelemetryCommandRunner.class));
	}

	@Test
	void commandsWhenThereIsNoContextAreNotThere() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TelemetryCommandAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TelemetryCommandRunner.class));
	}

	private ApplicationContextRunner runner() {
		return TestApplication.runner(this.home)
			.withConfiguration(AutoConfigurations.of(TelemetryCommandAutoConfiguration.class));
	}

}
