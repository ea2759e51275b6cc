package dev.telemetry.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.telemetry.TelemetryContext;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that exports traces of its own keeps doing so with our starter, in
 * whatever order its POM names the two; our events go where they are sent, by our own
 * transport and without the settings of the application's OpenTelemetry.
 */
@Timeout(120)
class HostTracesTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	Path home;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::receive);
		this.server.start();
	}

	private void receive(HttpExchange exchange) {
		try (exchange; InputStream in = exchange.getRequestBody()) {
			this.received.add(new Received(exchange.getRequestURI().getPath(),
					exchange.getRequestHeaders().getFirst("User-Agent"),
					new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)));
			exchange.sendResponseHeaders(200, -1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void tracesOfTheHostAndEventsOfOursArrive() {
		try (ConfigurableApplicationContext context = run()) {
			Tracer tracer = context.getBean(Tracer.class);
			tracer.nextSpan().name("host.work").start().end();
			context.getBean(TelemetryContext.class).record("order.placed");
			await("the host's trace and our event").atMost(LIMIT)
				.untilAsserted(() -> assertThat(this.received).extracting(Received::path)
					.contains("/host/v1/traces", "/ours/v1/logs"));
		}
		Received trace = received("/host/v1/traces");
		assertThat(trace.body()).contains("host.work", "host-by-environment", "ambient");
		assertThat(trace.userAgent()).startsWith("OTel-OTLP-Exporter-Java/");
		Received event = received("/ours/v1/logs");
		assertThat(event.body()).contains("order.placed", "ours-by-property")
			.doesNotContain("host-by-environment", "ambient");
		assertThat(event.userAgent()).isEqualTo("telemetry-spring-boot-starter");
	}

	private Received received(String path) {
		return this.received.stream().filter((request) -> request.path().equals(path)).findFirst().orElseThrow();
	}

	private ConfigurableApplicationContext run() {
		String address = "http://localhost:" + this.server.getAddress().getPort();
		SpringApplication application = new SpringApplicationBuilder(Host.class).web(WebApplicationType.NONE).build();
		return application.run("--spring.main.banner-mode=off", "--management.tracing.sampling.probability=1.0",
				"--management.opentelemetry.tracing.export.otlp.endpoint=" + address + "/host/v1/traces",
				"--management.otlp.metrics.export.enabled=false", "--telemetry.enabled=true",
				"--telemetry.consent.detect-test-environment=false", "--telemetry.consent.detect-ci=false",
				"--telemetry.home=" + this.home, "--telemetry.service-name=ours-by-property",
				"--telemetry.compression=none", "--telemetry.batch-timeout=100ms",
				"--telemetry.endpoint=" + address + "/ours");
	}

	/**
	 * What arrived.
	 *
	 * @param path the path
	 * @param userAgent who sent it
	 * @param body the body, byte by byte
	 */
	private record Received(String path, String userAgent, String body) {

	}

	/** The application. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Host {

	}

}
