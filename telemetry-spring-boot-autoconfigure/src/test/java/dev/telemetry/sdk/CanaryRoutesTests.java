package dev.telemetry.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.telemetry.annotation.TelemetryAttribute;
import dev.telemetry.annotation.TelemetryEvent;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Secrets on the ways through a whole application: what annotated methods are given,
 * return and throw, and what is configured for the receivers. It logs everything it can,
 * and every place is looked at where somebody could find them.
 */
@Tag("T-05")
@Tag("T-14")
@ExtendWith(OutputCaptureExtension.class)
class CanaryRoutesTests {

	/** Every kind, and every form: five has no divisor in common with the six forms. */
	private static final List<String> SECRETS = IntStream.range(0, CanaryCatalogueTests.SECRETS.size())
		.filter((i) -> i % 5 == 0)
		.mapToObj(CanaryCatalogueTests.SECRETS::get)
		.toList();

	private static final String PATH = "canary-path-73";

	private static final List<String> CONFIGURED = List.of("canary-bearer-71", "canary-header-72");

	private static final List<String> ANSWERS = List.of("telemetry", "telemetry/events", "telemetry/notice",
			"telemetry/export", "env", "configprops", "beans");

	@TempDir
	private Path directory;

	@AfterEach
	void logLessAgain() {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
	}

	@Test
	void secretsAreWhereTheyBelongOnly(CapturedOutput output) throws Exception {
		Map<String, String> places = new LinkedHashMap<>();
		try (FakeCollector collector = new FakeCollector(); FakeCollector server = new FakeCollector()) {
			try (ConfigurableApplicationContext application = start(collector, server)) {
				sing(application);
				ANSWERS.forEach((path) -> places.put(path, get(application, path)));
				places.put("disk", disk());
				places.put("reset", post(application, "telemetry/reset"));
			}
			places.put("disk after the reset", disk());
			places.put("events on the wire", bodies(collector));
			places.put("requests for deletion on the wire", bodies(server));
			assertThat(collector.requests().get(0).headers().getFirst("Authorization")).contains(CONFIGURED.get(0));
			assertThat(collector.requests().get(0).headers().getFirst("X-Probe")).contains(CONFIGURED.get(1));
			assertThat(server.requests().get(0).path()).contains(PATH);
		}
		// The path is no secret to the log: the HTTP client of Java writes there whom it
		// asks
		assertThat(places.values()).noneMatch((text) -> text.contains(PATH));
		places.put("log", output.getAll());
		assertEyesSee(places);
		places.forEach(
				(place, text) -> assertThat(Stream.concat(SECRETS.stream(), CONFIGURED.stream()).filter(text::contains))
					.as(place)
					.isEmpty());
	}

	private static void sing(ConfigurableApplicationContext application) {
		TelemetrySdk telemetry = application.getBean(TelemetrySdk.class);
		assertThat(telemetry.gate().enable(ConsentScope.EXPORT, null, "command").decision().scope())
			.isEqualTo(ConsentScope.EXPORT);
		Singer singer = application.getBean(Singer.class);
		for (String secret : SECRETS) {
			MDC.put("user", secret);
			assertThat(singer.sing(secret, Canary.HARMLESS, secret)).isEqualTo(secret);
			assertThatIllegalStateException().isThrownBy(() -> singer.fail(secret));
			MDC.remove("user");
			assertThat(telemetry.flush(Installation.PATIENCE)).isTrue();
		}
		singer.sing("nothing", Canary.HARMLESS, "nothing");
		assertThat(telemetry.flush(Installation.PATIENCE)).isTrue();
	}

	/** In each place there is something that has to be there. */
	private static void assertEyesSee(Map<String, String> places) {
		for (String place : List.of("telemetry/events", "telemetry/export", "disk", "events on the wire")) {
			assertThat(places.get(place)).as(place).contains(Canary.HARMLESS, "IllegalStateException");
		}
		assertThat(places.get("telemetry")).contains("\"GRANTED\"");
		assertThat(places.get("telemetry/notice")).contains("canary.sung", "Find what leaks");
		assertThat(places.get("env")).contains("telemetry.headers.x-probe");
		assertThat(places.get("configprops")).contains("management.endpoints.web");
		assertThat(places.get("beans")).contains("telemetryContext");
		assertThat(places.get("disk")).contains("consent.granted");
		assertThat(places.get("disk after the reset")).contains("consent.withdrawn").doesNotContain(Canary.HARMLESS);
		assertThat(places.get("reset")).contains("\"outcome\"");
		assertThat(places.get("requests for deletion on the wire")).contains("machine_id");
		assertThat(places.get("log")).contains("TRACE").contains("Telemetry consent is GRANTED");
	}

	private ConfigurableApplicationContext start(FakeCollector collector, FakeCollector server) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("spring.application.name=demo-app", "server.port=0",
					"management.endpoints.web.exposure.include=*", "telemetry.home=" + this.directory.resolve("home"),
					"telemetry.undeclared=drop", "telemetry.endpoint=" + collector.uri("/v1/logs"),
					"telemetry.headers.authorization=Bearer " + CONFIGURED.get(0),
					"telemetry.headers.x-probe=" + CONFIGURED.get(1),
					"telemetry.deletion.http.url=" + server.uri("/deletion/" + PATH),
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false",
					"logging.level.root=trace", "logging.level.com.sun.net.httpserver=off",
					"logging.level.sun.net.httpserver=off")
			.run();
	}

	private String disk() {
		StringBuilder text = new StringBuilder();
		for (Path file : Installation.files(this.directory)) {
			text.append(file).append(CanaryCatalogueTests.text(file));
		}
		return text.toString();
	}

	private static String bodies(FakeCollector receiver) {
		StringBuilder text = new StringBuilder();
		receiver.requests().forEach((request) -> text.append(new String(request.body(), StandardCharsets.ISO_8859_1)));
		return text.toString();
	}

	private static String get(ConfigurableApplicationContext application, String path) {
		return send(request(application, path).GET().build());
	}

	private static String post(ConfigurableApplicationContext application, String path) {
		return send(request(application, path).POST(HttpRequest.BodyPublishers.noBody()).build());
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext application, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
				+ application.getEnvironment().getRequiredProperty("local.server.port") + "/actuator/" + path));
	}

	private static String send(HttpRequest request) {
		try {
			return HttpClient.newHttpClient().send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1)).body();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
	static class Application {

		@Bean
		EventDefinition sung() {
			return EventDefinition.builder("canary.sung")
				.purpose("Find what leaks")
				.property("note", PropertyType.STRING)
				.property(PropertyDefinition.of("person", PropertyType.STRING, PrivacyLevel.PII))
				.build();
		}

		@Bean
		Singer singer() {
			return new Singer();
		}

	}

	static class Singer {

		@TelemetryEvent("canary.sung")
		public String sing(String unnamed, @TelemetryAttribute("note") String note,
				@TelemetryAttribute("person") String person) {
			return unnamed;
		}

		@TelemetryEvent("canary.sung")
		public void fail(String secret) {
			throw new IllegalStateException(secret, new IllegalArgumentException(secret));
		}

	}

}
