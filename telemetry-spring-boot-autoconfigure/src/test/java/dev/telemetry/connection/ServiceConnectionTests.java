package dev.telemetry.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.sun.net.httpserver.HttpServer;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.autoconfigure.TelemetryConnectionDetails;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryStatus;
import dev.telemetry.sdk.TelemetrySdk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsNotFoundException;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services of Docker Compose and Testcontainers that say where they are. There is no
 * engine here: the service and the container are stubs, everything else is Spring Boot's.
 */
class ServiceConnectionTests {

	private static final String COLLECTOR = "otel/opentelemetry-collector-contrib:0.116.0";

	private static final String LISTENER = "DockerComposeServiceConnectionsApplicationListener";

	private static final int UNMAPPED = 9;

	/** Where the container "runs"; a bean of a configuration class cannot know it. */
	private static volatile int port;

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	@TempDir
	private Path directory;

	private HttpServer collector;

	private ApplicationContextRunner runner;

	@BeforeEach
	void start() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.collector.createContext("/", (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			this.requests.add(exchange.getRequestURI().getPath());
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.start();
		port = this.collector.getAddress().getPort();
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.withPropertyValues("telemetry.home=" + this.directory.resolve("home"), "telemetry.tool.name=demo-app",
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false",
					"telemetry.batch-timeout=50ms", "telemetry.shutdown-timeout=0s");
	}

	@AfterEach
	void stop() {
		this.collector.stop(0);
	}

	@Test
	void serviceOfDockerComposeIsTheDestinationAfterAGrantAndNotBefore() {
		this.runner.withInitializer((context) -> ready(context, service(COLLECTOR))).run((context) -> {
			TelemetryConnectionDetails details = context.getBean(TelemetryConnectionDetails.class);
			assertThat(details.otlpEndpoint()).isEqualTo(URI.create("http://127.0.0.1:" + port));
			assertThat(details.otlpGrpcEndpoint()).isEqualTo(URI.create("http://127.0.0.1:" + UNMAPPED));
			assertThat(details.httpEndpoint()).isNull();
			assertSendsAfterAGrantOnly(context);
		});
	}

	@Test
	void serviceOfAnotherImageIsNone() {
		this.runner.withInitializer((context) -> ready(context, service("registry:3")))
			.run((context) -> assertThat(context).doesNotHaveBean(TelemetryConnectionDetails.class));
	}

	@Test
	void containerIsTheDestinationAfterAGrantAndNotBefore() {
		containers(Collector.class).run((context) -> assertSendsAfterAGrantOnly(context));
	}

	@Test
	void containerOfAnotherImageIsNone() {
		// Spring Boot says so of each container that nothing takes
		containers(Other.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(ConnectionDetailsNotFoundException.class));
	}

	/** As everywhere in Spring Boot, a service counts before a property. */
	@Test
	void serviceCountsBeforeTheProperty() {
		containers(Collector.class).withPropertyValues("telemetry.endpoint=https://collector.example.com")
			.run((context) -> {
				assertThat(target(context)).contains("127.0.0.1:" + port).doesNotContain("example.com");
			});
	}

	@Test
	void protocolChoosesThePort() {
		containers(Collector.class).withPropertyValues("telemetry.protocol=grpc")
			.run((context) -> assertThat(target(context)).contains("127.0.0.1:" + UNMAPPED));
	}

	private ApplicationContextRunner containers(Class<?> configuration) {
		return this.runner.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class))
			.withUserConfiguration(configuration);
	}

	private void assertSendsAfterAGrantOnly(ApplicationContext context) {
		TelemetrySdk sdk = context.getBean(TelemetrySdk.class);
		sdk.context().record("order.placed");
		assertThat(sdk.gate().decision().state()).isEqualTo(ConsentState.UNDECIDED);
		assertThat(sdk.flush(Duration.ofSeconds(20))).isTrue();
		assertThat(this.requests).isEmpty();
		assertThat(this.directory.resolve("home")).doesNotExist();
		sdk.gate().enable(ConsentScope.EXPORT, null, "command");
		sdk.context().record("order.placed");
		assertThat(sdk.flush(Duration.ofSeconds(20))).isTrue();
		assertThat(this.requests).containsExactly("/v1/logs");
	}

	private static String target(ApplicationContext context) {
		TelemetrySdk sdk = context.getBean(TelemetrySdk.class);
		sdk.gate().enable(ConsentScope.EXPORT, null, "command");
		return sdk.status()
			.sinks()
			.stream()
			.filter(DeliveryStatus::remote)
			.map(DeliveryStatus::target)
			.findFirst()
			.orElse("nothing");
	}

	/** What Spring Boot does when the services of a Compose file run. */
	@SuppressWarnings("unchecked") // It says so by its name
	private static void ready(ConfigurableApplicationContext context, RunningService service) {
		ApplicationListener<DockerComposeServicesReadyEvent> listener = SpringFactoriesLoader
			.forDefaultResourceLocation()
			.load(ApplicationListener.class)
			.stream()
			.filter((each) -> each.getClass().getSimpleName().equals(LISTENER))
			.findFirst()
			.orElseThrow();
		listener.onApplicationEvent(event(context, service));
	}

	private static DockerComposeServicesReadyEvent event(ApplicationContext context, RunningService service) {
		try {
			var constructor = DockerComposeServicesReadyEvent.class.getDeclaredConstructor(ApplicationContext.class,
					List.class);
			constructor.setAccessible(true);
			return constructor.newInstance(context, List.of(service));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RunningService service(String image) {
		return new StubService(image);
	}

	private static int mapped(int containerPort) {
		return (containerPort == 4318) ? port : UNMAPPED;
	}

	/**
	 * A service that runs nowhere.
	 *
	 * @param imageName the name of its image
	 */
	private record StubService(String imageName) implements RunningService {

		@Override
		public String name() {
			return "collector";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of(this.imageName);
		}

		@Override
		public String host() {
			return "127.0.0.1";
		}

		@Override
		public ConnectionPorts ports() {
			return new StubPorts();
		}

		@Override
		public Map<String, String> env() {
			return Map.of();
		}

		@Override
		public Map<String, String> labels() {
			return Map.of();
		}

	}

	private static final class StubPorts implements ConnectionPorts {

		@Override
		public int get(int containerPort) {
			return mapped(containerPort);
		}

		@Override
		public List<Integer> getAll() {
			return List.of(port, UNMAPPED);
		}

		@Override
		public List<Integer> getAll(String protocol) {
			return getAll();
		}

	}

	/** A container that runs nowhere. */
	static final class StubContainer extends GenericContainer<StubContainer> {

		StubContainer(String image) {
			super(DockerImageName.parse(image));
		}

		@Override
		public void start() {
			// Nothing to start: there is no engine
		}

		@Override
		public void stop() {
			// Nothing was started
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public String getHost() {
			return "127.0.0.1";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			return mapped(originalPort);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Collector {

		@Bean
		@ServiceConnection(name = "otel/opentelemetry-collector-contrib")
		StubContainer collector() {
			return new StubContainer(COLLECTOR);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Other {

		@Bean
		@ServiceConnection(name = "registry")
		StubContainer other() {
			return new StubContainer("registry:3");
		}

	}

}
