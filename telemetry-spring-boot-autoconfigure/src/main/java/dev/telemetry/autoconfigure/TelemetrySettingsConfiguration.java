package dev.telemetry.autoconfigure;

import java.util.function.Consumer;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The settings, their sources, and the problems with them. */
@Configuration(proxyBeanMethods = false)
final class TelemetrySettingsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Problems telemetryProblems() {
		return new Problems();
	}

	@Bean
	TelemetryYamlFile telemetryYamlFile(ApplicationContext context, Problems problems,
			ObjectProvider<MemoryOnly> memoryOnly) {
		return memoryOnly.getIfAvailable() != null ? TelemetryYamlFile.none()
				: new TelemetryYamlFile(TelemetryYamlFile::fromDisk, context.getClassLoader(), problems::show);
	}

	@Bean
	ToolSettings telemetryToolSettings(ApplicationContext context, ObjectProvider<BuildProperties> build) {
		BuildProperties properties = build.getIfAvailable();
		return new ToolSettings(context.getEnvironment(), MainClass.simpleName(context),
				(properties != null) ? properties.getVersion() : null);
	}

	@Bean
	TelemetrySettings telemetrySettings(ApplicationContext context, ToolSettings tools, TelemetryYamlFile yaml,
			Problems problems, ObjectProvider<TelemetryConnectionDetails> connections,
			ObjectProvider<MemoryOnly> memoryOnly) {
		MemoryOnly memory = memoryOnly.getIfAvailable();
		Consumer<Problem> reporter = TelemetryWiring.reporter(problems);
		TelemetryPropertiesBinder binder = new TelemetryPropertiesBinder(context.getEnvironment(), tools, yaml,
				(memory != null) ? memory.withoutHome(reporter) : reporter);
		TelemetrySettings settings = connections.orderedStream().findFirst().map(binder::bind).orElseGet(binder::bind);
		return (memory != null) ? memory.narrow(settings) : settings;
	}

	@Bean
	ProtectiveCap telemetryProtectiveCap(TelemetrySettings settings, ToolSettings tools, TelemetryYamlFile yaml,
			Environment environment, Problems problems) {
		return new ProtectiveCap(environment, tools, settings.home(), yaml, problems::resolved);
	}

}
