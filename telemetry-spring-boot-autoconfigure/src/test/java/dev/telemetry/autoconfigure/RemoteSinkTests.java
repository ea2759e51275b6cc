package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.telemetry.consent.gate.ConsentDecision;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentState;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.deletion.TelemetryReset;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for sinks over HTTP in an application: addresses, trust, what is refused. */
class RemoteSinkTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private Path directory;

	private Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.home = this.directory.resolve("home");
		this.runner = TestApplication.runner(this.home)
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues(TestApplication.YES, "telemetry.compression=none");
	}

	private static void record(ApplicationContext context, boolean delivered) {
		TestApplication.telemetry(context).context().record("order.placed");
		assertThat(TestApplication.telemetry(context).flush(TestApplication.LONG)).isEqualTo(delivered);
	}

	@Test
	void jsonWhenAnEndpointIsConfiguredArrivesBesideTheLocalLog() throws IOException {
		try (Receiver receiver = new Receiver()) {
			this.runner.withPropertyValues("telemetry.http.endpoint=" + receiver.address() + "/events")
				.run((context) -> {
					record(context, true);
					assertThat(TestApplication.sinkNames(context)).containsExactly("file", "http");
					assertThat(TestApplication.problems(context)).isEmpty();
				});
			assertThat(receiver.requests()).containsExactly("/events");
			assertThat("[" + Files.readString(this.home.resolve("telemetry.log")).strip() + "]")
				.isEqualTo(receiver.body());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http/protobuf", "grpc" })
	void otlpWhenTheSchemeIsInUpperCaseIsMade(String protocol) {
		this.runner
			.withPropertyValues("telemetry.endpoint=HTTP://127.0.0.1:9", "telemetry.protocol=" + protocol,
					"telemetry.shutdown-timeout=1ms")
			.run((context) -> {
				assertThat(TestApplication.sinkNames(context)).containsExactly("file", "otlp");
				assertThat(TestApplication.problems(context)).isEmpty();
			});
	}

	@Test
	void sinkWhenItCannotBeCreatedLowersTheScopeAndSaysWhy() {
		this.runner.withBean(TelemetrySinkFactory.class, FailingFactory::new).run((context) -> {
			ConsentDecision decision = TestApplication.telemetry(context).status().consent();
			assertThat(decision.state()).isEqualTo(ConsentState.GRANTED);
			assertThat(decision.scope()).isEqualTo(ConsentScope.LOCAL);
			assertThat(decision.recordedScope()).isEqualTo(ConsentScope.EXPORT);
			assertThat(decision.cap()).contains("'queue' cannot be created");
			record(context, true);
			assertThat(TestApplication.sinkNames(context)).containsExactly("file");
		});
	}

	@Test
	void jsonWhenOnlyLocalIsAllowedIsNotMade() throws IOException {
		try (Receiver receiver = new Receiver()) {
			this.runner.withPropertyValues("telemetry.http.endpoint=" + receiver.address(), "telemetry.local-only=true")
				.run((context) -> {
					record(context, true);
					assertThat(TestApplication.sinkNames(context)).containsExactly("file");
				});
			assertThat(receiver.requests()).isEmpty();
		}
	}

	@Test
	void connectionDetailsWhenSuppliedAsABeanWinOverTheProperty() throws IOException {
		try (Receiver receiver = new Receiver()) {
			this.runner.withPropertyValues("telemetry.http.endpoint=https://telemetry.example.com")
				.withBean(TelemetryConnectionDetails.class, () -> new TelemetryConnectionDetails() {

					@Override
					public URI httpEndpoint() {
						return URI.create(receiver.address() + "/supplied");
					}

				})
				.run((context) -> record(context, true));
			assertThat(receiver.requests()).containsExactly("/supplied");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "disable", "reset" })
	void refusedEventIsKeptUntilConsentIsWithdrawn(String no) throws IOException {
		Path kept = this.home.resolve("rejected/http.jsonl");
		try (Receiver receiver = new Receiver()) {
			receiver.status = 400;
			this.runner.withPropertyValues("telemetry.http.endpoint=" + receiver.address()).run((context) -> {
				record(context, true);
				assertThat(TestApplication.telemetry(context).status().sinks().get(1).dropped())
					.containsEntry("rejected", 1L);
				assertThat(Files.readString(kept)).contains("\"name\":\"order.placed\"");
				if (no.equals("reset")) {
					context.getBean(TelemetryReset.class).reset("actuator");
				}
				else {
					context.getBean(ConsentGate.class).disable("actuator");
				}
				assertThat(kept).doesNotExist();
				assertThat(TestApplication.problems(context)).isEmpty();
			});
		}
	}

	@Test
	void wrongTokenIsAProblemThatNamesTheProperty() throws IOException {
		try (Receiver receiver = new Receiver()) {
			receiver.status = 401;
			this.runner
				.withPropertyValues("telemetry.http.endpoint=" + receiver.address(),
						"telemetry.http.bearer-token=SECRET-9f3", "telemetry.shutdown-timeout=0")
				.run((context) -> {
					TestApplication.telemetry(context).context().record("order.placed");
					for (int i = 0; i < 200 && TestApplication.problems(context).isEmpty(); i++) {
						TestApplication.telemetry(context).flush(Duration.ofMillis(100));
					}
					List<Problem> problems = TestApplication.problems(context);
					assertThat(problems).extracting(Problem::property).containsExactly("sink http");
					assertThat(problems.get(0).toString()).contains("answered 401; check 'telemetry.http.headers'")
						.doesNotContain("SECRET");
				});
		}
	}

	@Test
	void bundleWhenItIsUnknownMakesNoSinkAndIsAProblem() throws IOException {
		try (Receiver receiver = new Receiver()) {
			this.runner
				.withPropertyValues("telemetry.http.endpoint=" + receiver.address(),
						"telemetry.endpoint=" + receiver.address(), "telemetry.ssl.bundle=missing")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					record(context, true);
					assertThat(TestApplication.sinkNames(context)).containsExactly("file");
					assertThat(TestApplication.problems(context)).extracting(Problem::property)
						.containsExactly("sink otlp", "sink http");
					assertThat(TestApplication.problems(context)).allSatisfy((problem) -> assertThat(problem.problem())
						.contains("telemetry.ssl.bundle", "NoSuchSslBundleException"));
				});
			assertThat(receiver.requests()).isEmpty();
		}
	}

	@Test
	void bundleWhenItTrustsTheReceiverIsUsedByEverySink() throws Exception {
		Path keys = keys();
		try (Receiver receiver = new Receiver(server(keys))) {
			this.runner
				.withPropertyValues("telemetry.http.endpoint=" + receiver.address() + "/events",
						"telemetry.endpoint=" + receiver.address(), "telemetry.ssl.bundle=collectors",
						"spring.ssl.bundle.jks.collectors.truststore.location=file:" + keys,
						"spring.ssl.bundle.jks.collectors.truststore.password=" + PASSWORD)
				.run((context) -> {
					record(context, true);
					assertThat(TestApplication.problems(context)).isEmpty();
				});
			assertThat(receiver.requests()).containsExactlyInAnyOrder("/events", "/v1/logs");
		}
	}

	private Path keys() throws Exception {
		Path own = this.directory.resolve("keys.p12");
		keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=ip:127.0.0.1", "-keystore", own.toString());
		KeyStore keys = load(own);
		// As an entry of its own the certificate counts as trusted
		keys.setCertificateEntry("authority", keys.getCertificate("server"));
		try (var out = Files.newOutputStream(own)) {
			keys.store(out, PASSWORD.toCharArray());
		}
		return own;
	}

	private void keytool(String... arguments) throws IOException, InterruptedException {
		ProcessBuilder keytool = new ProcessBuilder(
				Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		keytool.command().addAll(List.of(arguments));
		keytool.command().addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
		Process process = keytool.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("keytool.txt").toFile())
			.start();
		assertThat(Patience.exit("keytool", process)).isZero();
	}

	private static KeyStore load(Path file) throws Exception {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		return keys;
	}

	private static HttpsServer server(Path keys) throws Exception {
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(load(keys), PASSWORD.toCharArray());
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(own.getKeyManagers(), null, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(tls));
		return server;
	}

	/** A remote sink that cannot be created until it is told that it can. */
	private static final class FailingFactory implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "queue";
		}

		@Override
		public String target() {
			return "queue://a.example.com";
		}

		@Override
		public boolean remote() {
			return true;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			throw new IllegalStateException("SECRET-9f3");
		}

	}

}
