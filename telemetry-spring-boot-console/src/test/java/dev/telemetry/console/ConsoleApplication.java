package dev.telemetry.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A real application with telemetry and its console, and two events that it declares.
 */
final class ConsoleApplication implements AutoCloseable {

	static final EventType PLACED = EventType.of("order.placed");

	private static final HttpClient CLIENT;
	static {
		// Tests rebind names
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
		CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
	}

	/** With Tomcat out of the way WebFlux runs on Reactor Netty. */
	private static final List<String> TOMCAT = List.of(TomcatReactiveWebServerAutoConfiguration.class.getName(),
			"org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration");

	private final ConfigurableApplicationContext context;

	private ConsoleApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application without Spring Security.
	 * @param type the web stack
	 * @param home where telemetry stores
	 * @param properties what is configured
	 * @return the application
	 */
	static ConsoleApplication start(WebApplicationType type, Path home, String... properties) {
		return start(type, home, security().toList(), List.of(), properties);
	}

	/**
	 * Start an application with Spring Security.
	 * @param type the web stack
	 * @param home where telemetry stores
	 * @param chain configures it further, or {@code null} for what Spring Boot does
	 * @param properties what is configured
	 * @return the application
	 */
	static ConsoleApplication startSecured(WebApplicationType type, Path home, Class<?> chain, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("spring.security.user.name=user", "spring.security.user.password=secret"));
		all.addAll(List.of(properties));
		return start(type, home, List.of(), (chain != null) ? List.of(chain) : List.of(), all.toArray(String[]::new));
	}

	private static ConsoleApplication start(WebApplicationType type, Path home, List<String> excluded,
			List<Class<?>> more, String... properties) {
		List<String> out = new ArrayList<>(excluded);
		if (type == WebApplicationType.REACTIVE) {
			out.addAll(TOMCAT);
		}
		List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"logging.level.root=warn", "management.endpoints.web.exposure.include=telemetry,telemetryconsole",
				"telemetry.home=" + home, "telemetry.batch-timeout=100ms", "telemetry.tool.name=order-desk",
				"telemetry.consent.detect-ci=false", "telemetry.consent.detect-test-environment=false",
				"spring.autoconfigure.exclude=" + join(out)));
		all.addAll(List.of(properties));
		return new ConsoleApplication(new SpringApplicationBuilder(Beans.class).sources(more.toArray(Class<?>[]::new))
			.web(type)
			.properties(all.toArray(String[]::new))
			.run());
	}

	private static String join(List<String> names) {
		return String.join(",", names);
	}

	private static Stream<String> security() {
		return ImportCandidates.load(AutoConfiguration.class, ConsoleApplication.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("org.springframework.boot.security."));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	int managementPort() {
		return this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

	String url() {
		return "http://localhost:" + port();
	}

	TelemetrySdk sdk() {
		return this.context.getBean(TelemetrySdk.class);
	}

	void record(int items) {
		this.context.getBean(TelemetryContext.class).event(PLACED).attribute("items", items).record();
	}

	/** Record an event with a text. */
	void record(String kind) {
		this.context.getBean(TelemetryContext.class).record("report.built", Map.of("kind", kind));
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Send a request.
	 * @param method the method
	 * @param url where to
	 * @param headers names and values in turn
	 * @return the answer
	 */
	static HttpResponse<String> send(String method, String url, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
			.timeout(Duration.ofSeconds(30))
			.method(method, BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return CLIENT.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	static HttpResponse<String> get(String url, String... headers) {
		return send("GET", url, headers);
	}

	@SpringBootConfiguration
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Beans {

		@Bean
		EventDefinition orderPlaced() {
			return EventDefinition.builder("order.placed")
				.purpose("See how large orders are")
				.property("items", PropertyType.NUMBER)
				.build();
		}

		@Bean
		EventDefinition reportBuilt() {
			return EventDefinition.builder("report.built").purpose("See which reports are used").build();
		}

	}

}
