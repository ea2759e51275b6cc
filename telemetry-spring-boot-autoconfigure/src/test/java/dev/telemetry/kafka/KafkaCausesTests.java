package dev.telemetry.kafka;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLContext;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.RawReceiver;
import dev.telemetry.sink.RawReceiver.Connection;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TestCertificates;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.test.JaasUtils;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Why Kafka does not take events: each cause is provoked with the real client, and has a
 * text and an action of its own.
 */
@Tag("F-33")
@Timeout(240)
class KafkaCausesTests {

	private static final EventOrigin ORIGIN = EventOrigin.of("demo-app", "1.0.0");

	private static final String SECRET = "SECRET-9f3";

	@TempDir
	private Path directory;

	private static TelemetrySink sink(Duration timeout, Map<String, Object> application) throws TelemetryException {
		return new KafkaSinkFactory("usage", timeout, application).create(new SinkSession(ORIGIN, "actuator"));
	}

	private static TelemetryException failure(Duration timeout, Map<String, Object> application) {
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> {
			TelemetrySink sink = sink(timeout, application);
			try {
				sink.emit(Event.builder("a").origin(ORIGIN).build());
			}
			finally {
				sink.close();
			}
		});
		assertThat(failure).isNotNull();
		assertThat(failure.getMessage()).doesNotContain(SECRET);
		return failure;
	}

	private static String nobody() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return "127.0.0.1:" + socket.getLocalPort();
		}
	}

	private static String jaas(String user, String password) {
		return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
				+ password + "\";";
	}

	@Test
	void brokerThatIsAwayIsRetried() throws Exception {
		String servers = nobody();
		TelemetryException failure = failure(Duration.ofSeconds(1), Map.of("bootstrap.servers", servers));
		assertThat(failure).hasMessage("kafka://" + servers + "/usage cannot be reached; check"
				+ " 'spring.kafka.bootstrap-servers', the network, and that a broker runs there");
		assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
	}

	@Test
	void brokerThatIsAwayCostsFewLinesOfTheLog() throws Exception {
		String servers = nobody();
		Duration time = Duration.ofSeconds(4);
		long ours = lines(time, Map.of("bootstrap.servers", servers));
		long kafkas = lines(time, Map.of("bootstrap.servers", servers, "reconnect.backoff.ms", 50,
				"reconnect.backoff.max.ms", 1000, "metadata.recovery.strategy", "rebootstrap"));
		assertThat(kafkas).as("Kafka's own defaults are seen").isGreaterThanOrEqualTo(20);
		assertThat(ours).as("three attempts of three lines, and the end").isLessThanOrEqualTo(12);
	}

	private static long lines(Duration time, Map<String, Object> application) {
		Logger client = (Logger) LoggerFactory.getLogger("org.apache.kafka");
		ListAppender<ILoggingEvent> seen = new ListAppender<>();
		seen.start();
		Level before = client.getLevel();
		client.setLevel(Level.INFO);
		client.addAppender(seen);
		try {
			failure(time, application);
		}
		finally {
			client.detachAppender(seen);
			client.setLevel(before);
		}
		return seen.list.stream().filter((line) -> line.getThreadName().startsWith("kafka-producer")).count();
	}

	@Test
	void serverWhoseNameDoesNotResolveIsNamed() throws Exception {
		TelemetryException failure = failure(Duration.ofSeconds(1), Map.of("bootstrap.servers", "broker.invalid:9092"));
		assertThat(failure).hasMessageContaining("has no server whose name can be resolved")
			.hasMessageContaining("'spring.kafka.bootstrap-servers'");
		assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
	}

	@Test
	void credentialsThatAreNotSetAreNamed() throws Exception {
		TelemetryException failure = failure(Duration.ofSeconds(1), Map.of("bootstrap.servers", nobody(),
				"security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN"));
		assertThat(failure).hasMessageContaining("has no credentials for SASL")
			.hasMessageContaining("'spring.kafka.properties.sasl.jaas.config'");
		assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
	}

	@Test
	void trustStoreThatCannotBeReadIsNamed() throws Exception {
		TelemetryException failure = failure(Duration.ofSeconds(1),
				Map.of("bootstrap.servers", nobody(), "security.protocol", "SSL", "ssl.truststore.location",
						"/" + SECRET + "/none.p12", "ssl.truststore.password", SECRET));
		assertThat(failure).hasMessageContaining("has a key or trust store that cannot be used")
			.hasMessageContaining("'spring.kafka.ssl.*'");
		assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
	}

	@Test
	void settingThatKafkaDoesNotTakeIsNamedWithoutItsValueAndMakesNoSink() throws Exception {
		Map<String, Object> application = Map.of("bootstrap.servers", nobody(), "compression.type", SECRET);
		TelemetryException failure = catchThrowableOfType(TelemetryException.class,
				() -> sink(Duration.ofSeconds(1), application));
		assertThat(failure).hasMessageContaining("check 'compression.type' in 'spring.kafka'");
		assertThat(failure.getMessage()).doesNotContain(SECRET);
		assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
	}

	@Test
	void threadThatTheSystemDoesNotGiveIsNamedAndMemoryIsNot() {
		assertThat(KafkaFailure.describe("kafka", new OutOfMemoryError("unable to create native thread"), Map.of()))
			.hasMessageContaining("gets no thread from the system");
		assertThat(KafkaFailure.describe("kafka", new OutOfMemoryError("Java heap space"), Map.of()))
			.hasMessageContaining("OutOfMemoryError");
	}

	@Test
	void serverWithoutAPortIsNamed() throws Exception {
		TelemetryException failure = failure(Duration.ofSeconds(1), Map.of("bootstrap.servers", "localhost"));
		assertThat(failure).hasMessageContaining("write each in 'spring.kafka.bootstrap-servers' as host:port");
		assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
	}

	@Test
	void serverThatSpeaksAnotherProtocolIsNamed() throws Exception {
		try (RawReceiver silent = new RawReceiver(Connection::drain)) {
			TelemetryException failure = failure(Duration.ofSeconds(2), Map.of("bootstrap.servers", address(silent)));
			assertThat(failure).hasMessageContaining("takes connections and does not answer them as Kafka does")
				.hasMessageContaining("'spring.kafka.security.protocol'");
			assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
		}
	}

	@Test
	void serverThatSpeaksTlsIsNamedToAClientThatDoesNot() throws Exception {
		try (RawReceiver tls = new RawReceiver(Connection::drain, tlsServer())) {
			TelemetryException failure = failure(Duration.ofSeconds(2), Map.of("bootstrap.servers", address(tls)));
			assertThat(failure).hasMessageContaining("'spring.kafka.security.protocol'");
			assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
		}
	}

	@Test
	void serverThatSpeaksNoTlsIsNamedToAClientThatDoes() throws Exception {
		try (RawReceiver plain = new RawReceiver(
				(connection) -> connection.say("220 mail.example.com ESMTP\r\n").drain())) {
			TelemetryException failure = failure(Duration.ofSeconds(10),
					Map.of("bootstrap.servers", address(plain), "security.protocol", "SSL"));
			assertThat(failure).hasMessageContaining("does not speak TLS")
				.hasMessageContaining("'spring.kafka.bootstrap-servers'");
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		}
	}

	@Test
	void certificateThatIsNotTrustedIsNamed() throws Exception {
		try (RawReceiver tls = new RawReceiver(Connection::drain, tlsServer())) {
			TelemetryException failure = failure(Duration.ofSeconds(10),
					Map.of("bootstrap.servers", address(tls), "security.protocol", "SSL"));
			assertThat(failure).hasMessageContaining("is not trusted").hasMessageContaining("'spring.kafka.ssl'");
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		}
	}

	private static String address(RawReceiver receiver) {
		return "localhost:" + receiver.uri("http").getPort();
	}

	private ServerSocket tlsServer() throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(TestCertificates.keys(new TestCertificates(this.directory).issue("broker")), null, null);
		return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost"));
	}

	/**
	 * A broker that asks who one is, knows no topic and allows it to its administrator.
	 */
	@Nested
	class Broker {

		private static KafkaClusterTestKit cluster;

		@BeforeAll
		static void start() throws Exception {
			TestKitNodes nodes = new TestKitNodes.Builder().setNumBrokerNodes(1)
				.setNumControllerNodes(1)
				.setCombined(true)
				.setBrokerSecurityProtocol(SecurityProtocol.SASL_PLAINTEXT)
				.setControllerSecurityProtocol(SecurityProtocol.SASL_PLAINTEXT)
				.build();
			cluster = new KafkaClusterTestKit.Builder(nodes).setConfigProp("auto.create.topics.enable", "false")
				.setConfigProp("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
				.setConfigProp("super.users", "User:" + JaasUtils.KAFKA_PLAIN_ADMIN)
				.build();
			cluster.format();
			cluster.startup();
			cluster.waitForReadyBrokers();
		}

		@AfterAll
		static void stop() throws Exception {
			cluster.close();
		}

		private static Map<String, Object> application(String mechanism, String jaas) {
			return Map.of("bootstrap.servers", cluster.bootstrapServers(), "security.protocol", "SASL_PLAINTEXT",
					"sasl.mechanism", mechanism, "sasl.jaas.config", jaas);
		}

		@Test
		void credentialsThatItRefusesAreNamed() {
			TelemetryException failure = failure(Duration.ofSeconds(30),
					application("PLAIN", jaas(JaasUtils.KAFKA_PLAIN_ADMIN, SECRET)));
			assertThat(failure).hasMessageContaining("refuses the credentials")
				.hasMessageContaining("'spring.kafka.properties.sasl.jaas.config'");
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		}

		@Test
		void mechanismThatItDoesNotOfferIsNamed() {
			TelemetryException failure = failure(Duration.ofSeconds(30),
					application("SCRAM-SHA-256", jaas(JaasUtils.KAFKA_PLAIN_ADMIN, SECRET)
						.replace("plain.PlainLoginModule", "scram.ScramLoginModule")));
			assertThat(failure).hasMessageContaining("does not offer the mechanism of SASL");
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		}

		@Test
		void privilegeThatIsMissingIsNamed() {
			TelemetryException failure = failure(Duration.ofSeconds(30),
					application("PLAIN", jaas(JaasUtils.KAFKA_PLAIN_USER1, JaasUtils.KAFKA_PLAIN_USER1_PASSWORD)));
			assertThat(failure).hasMessageContaining("grant them WRITE on the topic");
			assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		}

		@Test
		void topicThatIsMissingIsNamed() {
			TelemetryException failure = failure(Duration.ofSeconds(5),
					application("PLAIN", jaas(JaasUtils.KAFKA_PLAIN_ADMIN, JaasUtils.KAFKA_PLAIN_ADMIN_PASSWORD)));
			assertThat(failure).hasMessageContaining("has no such topic")
				.hasMessageContaining("'telemetry.kafka.topic'");
			assertThat(failure.reaction()).isEqualTo(Reaction.RETRY);
		}

	}

}
