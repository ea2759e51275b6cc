package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.RawReceiver;
import dev.telemetry.sink.RawReceiver.Connection;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TestCertificates;
import dev.telemetry.sink.TlsFailure;
import dev.telemetry.sink.http.Tls;
import io.grpc.TlsServerCredentials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for certificates and TLS (F-09): each cause is provoked with real certificates
 * over both protocols, and has a text of its own.
 */
@Tag("F-09")
@Timeout(120)
class OtlpTlsTests {

	private static final KeyManager[] NONE = {};

	private static TestCertificates certificates;

	private static Path good;

	private static Path expired;

	private static Path early;

	private static Path other;

	private static TrustManager[] trust;

	private @Nullable AutoCloseable server;

	private @Nullable FakeCollector http;

	private @Nullable FakeGrpcCollector grpc;

	@BeforeAll
	static void issue(@TempDir Path directory) throws Exception {
		certificates = new TestCertificates(directory);
		good = certificates.issue("good");
		expired = certificates.issue("expired", "-startdate", "-20d", "-validity", "10");
		early = certificates.issue("early", "-startdate", "+10d", "-validity", "10");
		other = certificates.issue("other", "-ext", "SAN=dns:other.example.com");
		trust = certificates.trust();
	}

	@AfterEach
	void close() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	/** Start a server and return its address. */
	private URI start(OtlpProtocol protocol, Path keys, TrustManager @Nullable [] clients) throws Exception {
		if (protocol == OtlpProtocol.HTTP_PROTOBUF) {
			this.http = new FakeCollector(https(keys, clients));
			this.server = this.http;
			return this.http.uri("/v1/logs");
		}
		TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder()
			.keyManager(TestCertificates.keys(keys));
		if (clients != null) {
			credentials.trustManager(clients).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
		}
		this.grpc = new FakeGrpcCollector(0, credentials.build(), "https");
		this.server = this.grpc;
		return this.grpc.uri();
	}

	private static HttpsServer https(Path keys, TrustManager @Nullable [] clients) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(TestCertificates.keys(keys), clients, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters tls = context.getDefaultSSLParameters();
				tls.setNeedClientAuth(clients != null);
				parameters.setSSLParameters(tls);
			}

		});
		return server;
	}

	private int taken() {
		return ((this.http != null) ? this.http.logRecords().size() : 0)
				+ ((this.grpc != null) ? this.grpc.logRecords().size() : 0);
	}

	@ParameterizedTest
	@EnumSource
	void certificateThatIsTrustedIsAccepted(OtlpProtocol protocol) throws Exception {
		OtlpSink sink = sink(protocol, start(protocol, good, null), TestCertificates.tls(NONE, trust));
		sink.emit(OtlpFixture.event("a").build());
		sink.emit(OtlpFixture.event("b").build());
		sink.close();
		assertThat(taken()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void clientCertificateIsShown(OtlpProtocol protocol) throws Exception {
		Tls tls = TestCertificates.tls(TestCertificates.keys(good), trust);
		OtlpSink sink = sink(protocol, start(protocol, good, trust), tls);
		sink.emit(OtlpFixture.event("a").build());
		sink.close();
		assertThat(taken()).isEqualTo(1);
	}

	static Stream<Arguments> certificatesAndCauses() {
		return Stream.of(OtlpProtocol.values())
			.flatMap((protocol) -> Stream.of(Arguments.of(protocol, expired, TlsFailure.EXPIRED),
					Arguments.of(protocol, early, TlsFailure.NOT_YET_VALID),
					Arguments.of(protocol, other, TlsFailure.OTHER_NAME)));
	}

	@ParameterizedTest
	@MethodSource("certificatesAndCauses")
	void certificateThatDoesNotFitIsNamedWithItsReason(OtlpProtocol protocol, Path keys, TlsFailure cause)
			throws Exception {
		URI endpoint = start(protocol, keys, null);
		assertRefused(sink(protocol, endpoint, TestCertificates.tls(NONE, trust)), endpoint, cause);
	}

	@ParameterizedTest
	@EnumSource
	void certificateOfAnotherNameThanTheAddressSaysIsNamed(OtlpProtocol protocol) throws Exception {
		Path name = certificates.issue("name-" + protocol, "-ext", "SAN=dns:localhost");
		URI endpoint = URI.create(start(protocol, name, null).toString().replace("localhost", "127.0.0.1"));
		assertRefused(sink(protocol, endpoint, TestCertificates.tls(NONE, trust)), endpoint, TlsFailure.OTHER_NAME);
	}

	@ParameterizedTest
	@EnumSource
	void certificateOfAnUnknownAuthorityIsNamed(OtlpProtocol protocol) throws Exception {
		URI endpoint = start(protocol, good, null);
		assertRefused(sink(protocol, endpoint, null), endpoint, TlsFailure.NOT_TRUSTED);
	}

	@Test
	void serverOfGrpcThatAsksForAClientCertificateIsNamed() throws Exception {
		URI endpoint = start(OtlpProtocol.GRPC, good, trust);
		assertRefused(sink(OtlpProtocol.GRPC, endpoint, TestCertificates.tls(NONE, trust)), endpoint,
				TlsFailure.CLIENT_CERTIFICATE);
	}

	@Test
	void serverOfGrpcThatDoesNotAcceptOurCertificateIsNamed() throws Exception {
		URI endpoint = start(OtlpProtocol.GRPC, good, trust);
		Tls tls = TestCertificates.tls(TestCertificates.keys(expired), trust);
		assertRefused(sink(OtlpProtocol.GRPC, endpoint, tls), endpoint, TlsFailure.CLIENT_CERTIFICATE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void serverOfHttpThatAsksForAClientCertificateIsNamed(String version) throws Exception {
		URI endpoint = startRaw(good, version);
		assertRefused(sink(OtlpProtocol.HTTP_PROTOBUF, endpoint, TestCertificates.tls(NONE, trust)), endpoint,
				TlsFailure.CLIENT_CERTIFICATE);
		Tls tls = TestCertificates.tls(TestCertificates.keys(expired), trust);
		assertRefused(sink(OtlpProtocol.HTTP_PROTOBUF, endpoint, tls), endpoint, TlsFailure.CLIENT_CERTIFICATE);
	}

	/**
	 * A server that says why it hangs up, which the JDK's HttpsServer does not. It reads
	 * to the end before it does: closing a connection with unread bytes resets it, and a
	 * reset overtakes the alert.
	 */
	private URI startRaw(Path keys, String version) throws Exception {
		return startRaw(keys, version, (connection) -> trust);
	}

	private URI startRaw(Path keys, String version, Function<Connection, TrustManager[]> clients) {
		RawReceiver receiver = new RawReceiver((connection) -> {
			SSLContext context = context(keys, clients.apply(connection));
			SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(connection.socket(), null, false);
			socket.setEnabledProtocols(new String[] { version });
			socket.setNeedClientAuth(true);
			try {
				socket.startHandshake();
			}
			finally {
				if (!connection.socket().isOutputShutdown()) {
					connection.socket().shutdownOutput();
				}
				connection.drain();
			}
		});
		this.server = receiver;
		return receiver.uri("https");
	}

	private static SSLContext context(Path keys, TrustManager[] clients) throws IOException {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(TestCertificates.keys(keys), clients, null);
			return context;
		}
		catch (Exception ex) {
			throw new IOException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void serverThatEndsTheHandshakeAtOurCertificateIsNamed(String version) throws Exception {
		URI endpoint = startRaw(good, version, (connection) -> new TrustManager[] { new HangsUp(connection.socket()) });
		Tls tls = TestCertificates.tls(TestCertificates.keys(good), trust);
		assertRefused(sink(OtlpProtocol.HTTP_PROTOBUF, endpoint, tls), endpoint, TlsFailure.CLIENT_CERTIFICATE);
	}

	/** As the HttpsServer of the JDK does: no alert, only a reset. */
	@Test
	void serverThatMissesAClientCertificateWithoutAWordIsNamed() throws Exception {
		URI endpoint = start(OtlpProtocol.HTTP_PROTOBUF, good, trust);
		assertRefused(sink(OtlpProtocol.HTTP_PROTOBUF, endpoint, TestCertificates.tls(NONE, trust)), endpoint,
				TlsFailure.CLIENT_CERTIFICATE);
	}

	@Test
	void serverThatHangsUpBehindTheHandshakeIsTriedAgain() throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(TestCertificates.keys(good), null, null);
		try (RawReceiver receiver = new RawReceiver((connection) -> connection.socket().getInputStream().read(),
				context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()))) {
			OtlpSink sink = sink(OtlpProtocol.HTTP_PROTOBUF, receiver.uri("https"), TestCertificates.tls(NONE, trust));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			sink.close();
			assertThat(failure).hasMessageContaining("broke with the TLS handshake")
				.hasMessageContaining("it may ask for a client certificate");
			assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.RETRY);
		}
	}

	@Test
	void serverOfGrpcThatDoesNotSpeakTlsIsNamed() throws Exception {
		try (FakeGrpcCollector plain = new FakeGrpcCollector()) {
			URI endpoint = URI.create("https://localhost:" + plain.port());
			assertRefused(sink(OtlpProtocol.GRPC, endpoint, TestCertificates.tls(NONE, trust)), endpoint,
					TlsFailure.NOT_TLS);
			assertThat(plain.requests()).isEmpty();
		}
	}

	@Test
	void serverOfHttpThatWaitsForMoreInPlaceOfTlsIsNamed() throws Exception {
		try (FakeCollector plain = new FakeCollector()) {
			URI endpoint = URI.create(plain.uri("/v1/logs").toString().replace("http:", "https:"));
			OtlpSink sink = OtlpFixture.sink(endpoint, Duration.ofMillis(500));
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			sink.close();
			assertThat(failure).hasMessageStartingWith("no TLS session with " + endpoint.getAuthority() + " in time")
				.hasMessageContaining("'telemetry.endpoint'");
			assertThat(plain.requests()).isEmpty();
		}
	}

	@Test
	void serverThatSpeaksSomethingElseInPlaceOfTlsIsNamed() throws Exception {
		try (RawReceiver ssh = new RawReceiver((connection) -> connection.say("SSH-2.0-OpenSSH_9.6\r\n").drain())) {
			assertRefused(sink(OtlpProtocol.HTTP_PROTOBUF, ssh.uri("https"), TestCertificates.tls(NONE, trust)),
					ssh.uri("https"), TlsFailure.NOT_TLS);
		}
	}

	@Test
	void serverWithoutAVersionOfTlsInCommonIsNamed() throws Exception {
		URI endpoint = startRaw(good, "TLSv1.3");
		// Its clients know nothing newer
		SSLContext context = SSLContext.getInstance("TLSv1.2");
		context.init(null, trust, null);
		assertRefused(sink(OtlpProtocol.HTTP_PROTOBUF, endpoint, new Tls(context, List.of(), List.of(trust))), endpoint,
				TlsFailure.VERSION);
	}

	@Test
	void trustStoreThatIsEmptyIsNamed() throws Exception {
		URI endpoint = start(OtlpProtocol.HTTP_PROTOBUF, good, null);
		KeyStore empty = KeyStore.getInstance("PKCS12");
		empty.load(null, null);
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(empty);
		assertRefused(
				sink(OtlpProtocol.HTTP_PROTOBUF, endpoint, TestCertificates.tls(NONE, factory.getTrustManagers())),
				endpoint, TlsFailure.TRUST_STORE);
	}

	private void assertRefused(OtlpSink sink, URI endpoint, TlsFailure cause) {
		for (int attempt = 0; attempt < 3; attempt++) {
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			assertThat(failure)
				.hasMessage(cause.describe(endpoint.getAuthority(), "telemetry.endpoint", "telemetry.ssl.bundle"));
			assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.HOLD);
		}
		sink.close();
		assertThat(taken()).isZero();
	}

	private static OtlpSink sink(OtlpProtocol protocol, URI endpoint, @Nullable Tls tls) throws TelemetryException {
		return new OtlpSink(OtlpFixture.settings(protocol, endpoint, OtlpSignal.LOGS, true), null, () -> tls);
	}

	/** Does not say what it minds about a certificate. */
	private static final class HangsUp extends X509ExtendedTrustManager {

		private final Socket connection;

		HangsUp(Socket connection) {
			this.connection = connection;
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
				throws CertificateException {
			checkClientTrusted(chain, type);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
				throws CertificateException {
			checkClientTrusted(chain, type);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
			try {
				this.connection.shutdownOutput();
			}
			catch (IOException ex) {
				throw new CertificateException(ex);
			}
			throw new CertificateException("refused");
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
