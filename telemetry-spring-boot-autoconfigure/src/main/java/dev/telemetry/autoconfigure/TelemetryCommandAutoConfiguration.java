package dev.telemetry.autoconfigure;

import dev.telemetry.TelemetryContext;
import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.command.ConsentPrompt;
import dev.telemetry.command.TelemetryCommand;
import dev.telemetry.command.TelemetryCommandRunner;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.PersonalDataExport;
import picocli.CommandLine;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} for the command line. The endpoint's class
 * carries the commands out here too, without Spring Boot's actuator: its annotations are
 * not looked at.
 */
@AutoConfiguration(after = TelemetryAutoConfiguration.class)
@ConditionalOnBean({ TelemetryContext.class, TelemetrySettings.class })
public final class TelemetryCommandAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TelemetryCommandRunner telemetryCommandRunner(TelemetryContext context, TelemetryReset reset,
			PersonalDataExport export, NoticeView notice) {
		return new TelemetryCommandRunner(new TelemetryEndpoint(context, reset, TelemetryCommandRunner.CHANNEL), export,
				notice);
	}

	/** Whether to ask is decided at run time, like all that is about consent. */
	@Bean
	ConsentPrompt telemetryConsentPrompt(TelemetrySettings settings, TelemetryContext context, TelemetryReset reset,
			NoticeView notice) {
		return new ConsentPrompt(settings.consent().prompt(),
				new TelemetryEndpoint(context, reset, TelemetryCommandRunner.CHANNEL), notice);
	}

	/** For applications with a command line made by picocli. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CommandLine.class)
	static class PicocliConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TelemetryCommand telemetryCommand(TelemetryCommandRunner runner) {
			return new TelemetryCommand(runner);
		}

	}

}
