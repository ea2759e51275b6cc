package dev.telemetry.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leaves archives out of the class path: unlike with Boot's {@code FilteredClassLoader},
 * a library is away for our own classes as well.
 */
@Tag("class-path")
class MissingLibraryTests {

	/** Nobody listens there, and nobody has to: making a sink connects to nothing. */
	private static final String ENDPOINT = "telemetry.endpoint=http://127.0.0.1:9/v1/logs";

	@TempDir
	Path home;

	@Test
	void nothingWhenEverythingIsThereIsMissed() throws Exception {
		Files.writeString(this.home.resolve("telemetry.yaml"), "batch_size: 10\n");
		assertThat(run("nothing-", ENDPOINT)).containsExactlyInAnyOrder("event order.placed", "event order.viewed",
				"sink file", "sink memorySink", "sink otlp");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring-boot-actuator", "spring-web", "spring-webmvc-", "tomcat-embed-core-",
			"jakarta.servlet-api-", "reactor-", "reactive-streams-", "rxjava-", "mutiny-", "kotlinx-", "aspectjweaver-",
			"jackson-databind-" })
	void applicationWhenLibraryIsMissingRecords(String library) throws Exception {
		assertThat(run(library)).containsExactlyInAnyOrder("event order.placed", "event order.viewed", "sink file",
				"sink memorySink");
	}

	@Test
	void endpointWhenOpenTelemetryIsMissingIsAProblemThatNamesIt() throws Exception {
		List<String> lines = run("opentelemetry-", ENDPOINT);
		assertThat(lines).contains("event order.placed", "sink memorySink").doesNotContain("sink otlp");
		assertThat(lines).filteredOn((line) -> line.startsWith("problem"))
			.singleElement()
			.satisfies((line) -> assertThat(line).contains("otlp").contains("opentelemetry-exporter-otlp"));
	}

	@Test
	void protocolWhenGrpcIsThereMakesTheSink() throws Exception {
		assertThat(run("nothing-", "telemetry.endpoint=http://127.0.0.1:9", "telemetry.protocol=grpc"))
			.contains("sink otlp")
			.noneMatch((line) -> line.startsWith("problem"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc-", "grpc-netty-shaded" })
	void protocolWhenGrpcIsMissingIsAProblemThatNamesIt(String library) throws Exception {
		List<String> lines = run(library, "telemetry.endpoint=http://127.0.0.1:9", "telemetry.protocol=grpc");
		assertThat(lines).contains("event order.placed", "sink memorySink").doesNotContain("sink otlp");
		assertThat(lines).filteredOn((line) -> line.startsWith("problem"))
			.singleElement()
			.satisfies((line) -> assertThat(line).contains("otlp").contains("io.grpc:grpc-netty-shaded"));
	}

	@Test
	void topicWhenSpringForApacheKafkaIsMissingIsAProblemThatNamesIt() throws Exception {
		List<String> lines = run("spring-kafka-", "telemetry.kafka.topic=usage");
		assertThat(lines).contains("event order.placed", "sink memorySink").doesNotContain("sink kafka");
		assertThat(lines).filteredOn((line) -> line.startsWith("problem"))
			.singleElement()
			.satisfies((line) -> assertThat(line).contains("telemetry.kafka.topic").contains("starter-kafka"));
	}

	@Test
	void yamlWhenSnakeYamlIsMissingIsAProblemThatNamesIt() throws Exception {
		Files.writeString(this.home.resolve("telemetry.yaml"), "batch_size: 10\n");
		List<String> lines = run("snakeyaml-");
		assertThat(lines).contains("event order.placed");
		assertThat(lines).filteredOn((line) -> line.startsWith("problem"))
			.singleElement()
			.satisfies((line) -> assertThat(line).contains("telemetry.yaml").containsIgnoringCase("snakeyaml"));
	}

	@Test
	void specWhenSnakeYamlIsMissingIsAProblemThatNamesIt() throws Exception {
		Files.writeString(this.home.resolve("shop.telemetry.yaml"), "meta:\n");
		List<String> lines = run("snakeyaml-", "telemetry.specs=file:" + this.home + "/*.telemetry.yaml");
		assertThat(lines).contains("event order.placed").doesNotContain("event order.viewed");
		assertThat(lines).filteredOn((line) -> line.startsWith("problem"))
			.singleElement()
			.satisfies((line) -> assertThat(line).contains("telemetry.specs").containsIgnoringCase("snakeyaml"));
	}

	private List<String> run(String missing, String... settings) throws ReflectiveOperationException, IOException {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String setting : TestApplication.properties(this.home)) {
			put(properties, setting);
		}
		put(properties, TestApplication.YES);
		for (String setting : settings) {
			put(properties, setting);
		}
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(classPathWithout(missing),
				ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			return application(loader).apply(properties);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	/** Leaves out the archives whose file names begin with a prefix. */
	private static URL[] classPathWithout(String prefix) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!new File(entry).getName().startsWith(prefix)) {
				urls.add(Path.of(entry).toUri().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	private static void put(Map<String, Object> properties, String setting) {
		int equals = setting.indexOf('=');
		properties.put(setting.substring(0, equals), setting.substring(equals + 1));
	}

	@SuppressWarnings("unchecked") // The class is known, but of another class loader
	private static Function<Map<String, Object>, List<String>> application(ClassLoader loader)
			throws ReflectiveOperationException {
		return (Function<Map<String, Object>, List<String>>) loader.loadClass(MissingLibraryApplication.class.getName())
			.getConstructor()
			.newInstance();
	}

}
