package dev.telemetry.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.problem.Problem;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.storage.Home;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Binds what a test says on the command line and in variables, in a real environment
 * without those of the machine.
 */
final class Binding {

	static final Path USER_HOME = Path.of("/home/nobody").toAbsolutePath();

	private final List<String> arguments = new ArrayList<>();

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private final List<Problem> problems = new ArrayList<>();

	private final List<PropertySource<?>> sources = new ArrayList<>();

	private final Map<Path, PrivateFile.Content> files = new LinkedHashMap<>();

	private ClassLoader classLoader = getClass().getClassLoader();

	private String userHome = USER_HOME.toString();

	private @Nullable String mainClass = "DemoApplication";

	private @Nullable String buildVersion;

	Binding with(String... pairs) {
		for (String pair : pairs) {
			this.arguments.add("--" + pair);
		}
		return this;
	}

	Binding variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	/** Add a source that loses against all others. */
	Binding source(PropertySource<?> source) {
		this.sources.add(source);
		return this;
	}

	Binding yaml(String content) {
		return file(new PrivateFile.Content(content.getBytes(StandardCharsets.UTF_8), null));
	}

	Binding file(PrivateFile.Content content) {
		this.files.put(USER_HOME.resolve(".demo-app/telemetry.yaml"), content);
		return this;
	}

	Binding classLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
		return this;
	}

	Binding userHome(String directory) {
		this.userHome = directory;
		return this;
	}

	Binding mainClass(@Nullable String name) {
		this.mainClass = name;
		return this;
	}

	Binding buildVersion(String version) {
		this.buildVersion = version;
		return this;
	}

	TelemetrySettings bind() {
		return bind(new TelemetryConnectionDetails() {
		});
	}

	TelemetrySettings bind(TelemetryConnectionDetails connection) {
		StandardEnvironment environment = environment();
		return new TelemetryPropertiesBinder(environment,
				new ToolSettings(environment, this.mainClass, this.buildVersion),
				new TelemetryYamlFile(this::read, this.classLoader, this.problems::add), this.problems::add)
			.bind(connection);
	}

	/** Return what keeps everything on this machine, or {@code null}. */
	@Nullable ConsentCap cap() {
		StandardEnvironment environment = environment();
		ToolSettings tools = new ToolSettings(environment, this.mainClass, this.buildVersion);
		Home home = tools.home(new SettingReader(SettingSources.of(environment), (problem) -> {
		}));
		return new ProtectiveCap(environment, tools, home,
				new TelemetryYamlFile(this::read, this.classLoader, (problem) -> {
				}), (resolved) -> {
				})
			.get();
	}

	private PrivateFile.Content read(Path file) {
		return this.files.getOrDefault(file, new PrivateFile.Content(null, null));
	}

	StandardEnvironment environment() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		environment.getPropertySources()
			.addFirst(new SimpleCommandLinePropertySource(this.arguments.toArray(String[]::new)));
		environment.getPropertySources()
			.addLast(new MapPropertySource("test",
					Map.of("user.home", this.userHome, "spring.application.name", "demo-app")));
		this.sources.forEach(environment.getPropertySources()::addLast);
		return environment;
	}

	/** Return the values themselves, which nothing but a request gets to see. */
	static Map<String, String> values(HttpHeaders headers) {
		Map<String, String> values = new LinkedHashMap<>();
		headers.forEach(values::put);
		return values;
	}

	List<Problem> problems() {
		return this.problems;
	}

}
