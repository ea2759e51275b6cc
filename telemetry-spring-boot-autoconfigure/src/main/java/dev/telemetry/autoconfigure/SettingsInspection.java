package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.telemetry.Internal;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What an application would find wrong with the settings in a home and in environment
 * variables. It is the application's own binder that judges them, so that the command
 * line and status give the same problems with the same actions. Nothing is written,
 * logged or connected to.
 */
@Internal
public final class SettingsInspection {

	private SettingsInspection() {
	}

	/**
	 * Judge the settings.
	 * @param home the home, in which {@code telemetry.yaml} may lie
	 * @param variables the environment variables that count
	 * @return what is wrong, in the order in which an application reports it
	 */
	public static List<Problem> problems(Path home, Map<String, String> variables) {
		ConfigurableEnvironment environment = environment(home, variables);
		Problems problems = new Problems();
		TelemetryYamlFile file = new TelemetryYamlFile(TelemetryYamlFile::fromDisk,
				SettingsInspection.class.getClassLoader(), problems::show);
		// Deferred for ever: what is found is shown and not logged
		new TelemetryPropertiesBinder(environment, new ToolSettings(environment, null, null), file, problems::defer)
			.bind();
		return problems.list();
	}

	private static ConfigurableEnvironment environment(Path home, Map<String, String> variables) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		String systemVariables = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(systemVariables, new SystemEnvironmentPropertySource(systemVariables, Map.copyOf(variables)));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("home", Map.of("telemetry.home", home.toString())));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

}
