package dev.telemetry.autoconfigure;

import dev.telemetry.actuate.NoticeView;
import dev.telemetry.actuate.TelemetryEndpoint;
import dev.telemetry.command.ConsentPrompt;
import dev.telemetry.command.TelemetryCommand;
import dev.telemetry.command.TelemetryCommandRunner;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.insight.LocalLogReader;
import dev.telemetry.insight.PersonalDataExport;
import dev.telemetry.sdk.TelemetrySdk;
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
@ConditionalOnBean({ TelemetrySdk.class, TelemetrySettings.class })
public final class TelemetryCommandAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TelemetryCommandRunner telemetryCommandRunner(TelemetrySdk sdk, TelemetryReset reset, PersonalDataExport export,
			NoticeView notice, LocalLogReader log) {
		return new TelemetryCommandRunner(new TelemetryEndpoint(sdk, reset, TelemetryCommandRunner.CHANNEL), export,
				notice, log);
	}

	/** Whether to ask is decided at run time, like all that is about consent. */
	@Bean
	@ConditionalOnMissingBean
	ConsentPrompt telemetryConsentPrompt(TelemetrySettings settings, TelemetrySdk sdk, TelemetryReset reset,
			NoticeView notice) {
		return new ConsentPrompt(settings.consent().prompt(), TelemetryLifecycle.PHASE + 1,
				new TelemetryEndpoint(sdk, reset, TelemetryCommandRunner.CHANNEL), notice);
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
