package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.consent.gate.ConsentInput;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.EventOverride;
import dev.telemetry.storage.PrivateFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link SettingSources}, {@link SettingOrigin} and {@link ConsentInputs} in a
 * real application, where origins are real.
 */
class SettingSourcesTests {

	private static final String PACKAGED = "class path resource [application.yaml] - ";

	@TempDir
	private Path directory;

	private Path classes;

	private final List<String> arguments = new ArrayList<>();

	private final List<Problem> problems = new ArrayList<>();

	private Map<String, Object> defaultProperties = Map.of();

	private @Nullable String yaml;

	private @Nullable URLClassLoader loader;

	private @Nullable ConfigurableApplicationContext context;

	@BeforeEach
	void makeClassPath() throws IOException {
		this.classes = Files.createDirectory(this.directory.resolve("classes"));
		write(this.classes.resolve("application.yaml"), "");
	}

	@AfterEach
	void close() throws IOException {
		if (this.context != null) {
			this.context.close();
		}
		if (this.loader != null) {
			this.loader.close();
		}
	}

	@Test
	void ofWhenApplicationIsRealSeesItsVariables() {
		assertThat(environment().getPropertySources().get("systemEnvironment"))
			.isInstanceOf(SystemEnvironmentPropertySource.class)
			.isInstanceOf(PropertySourceInfo.class);
	}

	@Test
	void bindWhenPackagedAndFileInHomeDifferTheFileWins() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry:\n  batch-size: 1\n  max-attributes: 2\n");
		this.yaml = "batch_size: 10";
		TelemetrySettings settings = bind();
		assertThat(settings.delivery().batchSize()).isEqualTo(10);
		assertThat(settings.recording().maxAttributes()).isEqualTo(2);
	}

	@Test
	void bindWhenExternalAndFileInHomeDifferTheExternalWins() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry.batch-size: 1");
		external("telemetry.batch-size: 20");
		this.yaml = "batch_size: 10";
		assertThat(bind().delivery().batchSize()).isEqualTo(20);
	}

	@Test
	void bindWhenCommandLineAndExternalDifferTheCommandLineWins() throws IOException {
		external("telemetry.batch-size: 20");
		this.arguments.add("--telemetry.batch-size=30");
		assertThat(bind().delivery().batchSize()).isEqualTo(30);
	}

	@Test
	void bindWhenDefaultPropertyAndFileInHomeDifferTheFileWins() {
		this.defaultProperties = Map.of("telemetry.batch-size", "1", "telemetry.max-attributes", "2");
		this.yaml = "batch_size: 10";
		TelemetrySettings settings = bind();
		assertThat(settings.delivery().batchSize()).isEqualTo(10);
		assertThat(settings.recording().maxAttributes()).isEqualTo(2);
	}

	@Test
	void bindWhenPropertySourceIsOnTheClassPathItIsPackaged() throws IOException {
		write(this.classes.resolve("named.properties"), "telemetry.batch-size=1\ntelemetry.enabled=true");
		write(this.classes.resolve("plain.properties"), "telemetry.max-attributes=1");
		this.yaml = "batch_size: 10\nmax_attributes: 20";
		TelemetrySettings settings = bind();
		assertThat(settings.delivery().batchSize()).isEqualTo(10);
		assertThat(settings.recording().maxAttributes()).isEqualTo(20);
		assertThat(inputs().winning()).filteredOn((input) -> input.input().equals("telemetry.enabled"))
			.extracting(ConsentInput::value, ConsentInput::packaged)
			.containsExactly(tuple("true", true));
	}

	@Test
	void bindWhenImportedFromTheClassPathItIsPackaged() throws IOException {
		write(this.classes.resolve("application.yaml"), "spring.config.import: classpath:more.yaml");
		write(this.classes.resolve("more.yaml"), "telemetry.batch-size: many");
		bind();
		assertThat(this.problems).extracting(Problem::origin).containsExactly("class path resource [more.yaml] - 1:23");
	}

	@Test
	void bindWhenValueIsWrongNamesFileLineAndColumn() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry:\n  batchSize: many\n  endpiont: x\n");
		bind();
		assertThat(this.problems).extracting(Problem::property, Problem::origin)
			.containsExactlyInAnyOrder(tuple("telemetry.batch-size", PACKAGED + "2:14"),
					tuple("telemetry.endpiont", PACKAGED + "3:13"));
	}

	@Test
	void bindWhenMapsAreInYamlKeepsTheirKeys() throws IOException {
		write(this.classes.resolve("application.yaml"), """
				telemetry:
				  endpoint: https://collector.example.com
				  headers:
				    X-Key: abc
				    "[X.Dotted]": def
				  metadata:
				    team: blue
				    "cost.center": 7
				  events:
				    order.placed:
				      sampling-rate: 0.5
				    cart.*:
				      enabled: false
				  web:
				    allowed-hosts:
				      - a.example.com
				      - b.example.com
				""");
		TelemetrySettings settings = bind();
		assertThat(this.problems).isEmpty();
		assertThat(settings.sinks().otlp()).isNotNull();
		assertThat(Binding.values(settings.sinks().otlp().headers()))
			.isEqualTo(Map.of("X-Key", "abc", "X.Dotted", "def"));
		assertThat(settings.recording().metadata()).isEqualTo(Map.of("team", "blue", "cost.center", "7"));
		assertThat(settings.recording().overrides()).containsExactlyInAnyOrder(
				new EventOverride("order.placed", true, 0.5), new EventOverride("cart.*", false, 1));
		assertThat(settings.allowedHosts()).containsExactly("a.example.com", "b.example.com");
	}

	@Test
	void bindWhenListStandsInTwoSourcesTakesOneOfThem() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry.web.allowed-hosts: [a.example.com, b.example.com]");
		this.arguments.add("--telemetry.web.allowed-hosts=c.example.com");
		assertThat(bind().allowedHosts()).containsExactly("c.example.com");
	}

	@Test
	void winningWhenNothingIsSaidHasNoValues() {
		assertThat(inputs().winning()).containsExactly(
				new ConsentInput(1, "telemetry.feature.enabled", null, null, false),
				new ConsentInput(2, "telemetry.enabled", null, null, false),
				new ConsentInput(2, "TELEMETRY_OPT_IN", null, null, false));
		assertThat(inputs().losing()).isEmpty();
	}

	@Test
	void winningWhenPackagedSaysSoAndNamesThePlace() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry:\n  enabled: true\n  feature:\n    enabled: false");
		assertThat(inputs().winning()).contains(
				new ConsentInput(1, "telemetry.feature.enabled", "false", PACKAGED + "4:14", true),
				new ConsentInput(2, "telemetry.enabled", "true", PACKAGED + "2:12", true));
	}

	@Test
	void losingWhenSeveralSourcesSpeakListsThem() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry.enabled: true");
		external("telemetry.enabled: false");
		this.arguments.add("--telemetry.enabled=yes");
		ConsentInputs inputs = inputs();
		assertThat(inputs.winning())
			.contains(new ConsentInput(2, "telemetry.enabled", "yes", "command line --telemetry.enabled", false));
		assertThat(inputs.losing()).extracting(ConsentInput::value, ConsentInput::packaged)
			.containsExactly(tuple("false", false), tuple("true", true));
	}

	@Test
	void winningWhenEmptyIsUnset() throws IOException {
		write(this.classes.resolve("application.yaml"), "telemetry.enabled: true");
		this.arguments.add("--telemetry.enabled=");
		assertThat(inputs().winning()).contains(new ConsentInput(2, "telemetry.enabled", null, null, false));
	}

	@Test
	void winningWhenPlaceholderIsUnresolvedIsNeitherYesNorNo() {
		this.arguments.add("--telemetry.enabled=${NOPE}");
		assertThat(inputs().winning()).extracting(ConsentInput::value).contains("${NOPE}");
	}

	@Test
	void winningWhenEnvironmentChangesSeesIt() {
		ConsentInputs inputs = inputs();
		ConfigurableEnvironment environment = environment();
		environment.getPropertySources().addFirst(new MapPropertySource("later", Map.of("telemetry.enabled", "no")));
		assertThat(inputs.winning()).extracting(ConsentInput::value, ConsentInput::origin)
			.contains(tuple("no", "property source 'later'"));
	}

	@Test
	void winningWhenFileInHomeConsentsDoesNotSeeIt() {
		this.yaml = "enabled: true";
		bind();
		assertThat(inputs().winning()).extracting(ConsentInput::value).containsOnlyNulls();
	}

	private ConsentInputs inputs() {
		return new ConsentInputs(environment());
	}

	private TelemetrySettings bind() {
		ConfigurableEnvironment environment = environment();
		return new TelemetryPropertiesBinder(environment, new ToolSettings(environment, "DemoApplication", null),
				new TelemetryYamlFile(this::read, getClass().getClassLoader(), this.problems::add), this.problems::add)
			.bind();
	}

	private PrivateFile.Content read(Path file) {
		return new PrivateFile.Content((this.yaml != null) ? this.yaml.getBytes(StandardCharsets.UTF_8) : null, null);
	}

	private ConfigurableEnvironment environment() {
		if (this.context == null) {
			try {
				this.loader = new URLClassLoader(new URL[] { this.classes.toUri().toURL() },
						getClass().getClassLoader());
				SpringApplication application = new SpringApplication(new DefaultResourceLoader(this.loader),
						Demo.class);
				application.setLogStartupInfo(false);
				application.setWebApplicationType(WebApplicationType.NONE);
				application.setDefaultProperties(this.defaultProperties);
				this.arguments.add("--spring.main.banner-mode=off");
				this.context = application.run(this.arguments.toArray(String[]::new));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return this.context.getEnvironment();
	}

	private void external(String content) throws IOException {
		Path file = this.directory.resolve("external.yaml");
		write(file, content);
		this.arguments.add("--spring.config.additional-location=" + file.toUri());
	}

	private static void write(Path file, String content) throws IOException {
		Files.writeString(file, content);
	}

	@Configuration(proxyBeanMethods = false)
	@PropertySource(value = "classpath:plain.properties", ignoreResourceNotFound = true)
	@PropertySource(name = "named", value = "classpath:named.properties", ignoreResourceNotFound = true)
	static class Demo {

	}

}
