package dev.telemetry.autoconfigure;

import java.time.Duration;

import dev.telemetry.TelemetryContext;
import dev.telemetry.invocation.CommandEvents;
import dev.telemetry.invocation.CommandLinePostProcessor;
import dev.telemetry.invocation.CommandRecording;
import dev.telemetry.invocation.RunnerEvents;
import dev.telemetry.invocation.TelemetryExecutionStrategy;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.spec.EventDefinition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} for applications that are commands
 * themselves. Where nothing is set there is no bean of it. Ahead-of-time processing
 * freezes that something is set, so what it is set to is asked again at run time: turned
 * off, nothing is declared and nothing recorded.
 */
@AutoConfiguration(before = TelemetryAutoConfiguration.class)
@ConditionalOnProperty("telemetry.command-events.enabled")
public final class TelemetryCommandEventsAutoConfiguration {

	private static boolean isEnabled(ObjectProvider<TelemetrySettings> settings) {
		TelemetrySettings known = settings.getIfAvailable();
		return known != null && known.properties().commandEvents().enabled();
	}

	@Bean
	@Nullable EventDefinition telemetryCommandInvocationEvent(ObjectProvider<TelemetrySettings> settings) {
		return isEnabled(settings) ? CommandEvents.INVOCATION : null;
	}

	@Bean
	@Nullable EventDefinition telemetryCommandErrorEvent(ObjectProvider<TelemetrySettings> settings) {
		return isEnabled(settings) ? CommandEvents.ERROR : null;
	}

	/**
	 * Delivery begins when a command has ended; the exit waits for it, within its budget.
	 */
	@Bean
	CommandRecording telemetryCommandRecording(ObjectProvider<TelemetrySettings> settings,
			ObjectProvider<TelemetryContext> context, ObjectProvider<TelemetrySdk> sdk) {
		return new CommandRecording(() -> isEnabled(settings) ? context.getIfAvailable() : null,
				() -> sdk.ifAvailable((telemetry) -> telemetry.flush(Duration.ZERO)));
	}

	/** For applications with a command line made by picocli. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CommandLine.class)
	static class PicocliConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TelemetryExecutionStrategy telemetryExecutionStrategy(CommandRecording recording) {
			return new TelemetryExecutionStrategy(recording);
		}

		@Bean
		static CommandLinePostProcessor telemetryCommandLinePostProcessor(
				ObjectProvider<TelemetryExecutionStrategy> strategy) {
			return new CommandLinePostProcessor(strategy::getIfAvailable);
		}

	}

	/** For applications that do their work in runners, and end. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class RunnerConfiguration {

		@Bean
		RunnerEvents telemetryRunnerEvents(ApplicationContext context, CommandRecording recording) {
			return new RunnerEvents(context, recording);
		}

	}

}
