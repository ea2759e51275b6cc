package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.Tls;
import io.grpc.TlsServerCredentials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests for certificates (F-09). */
@Tag("F-09")
class OtlpTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	@TempDir
	private static Path directory;

	private KeyStore keys;

	private FakeCollector http;

	private FakeGrpcCollector grpc;

	@BeforeEach
	void start() throws Exception {
		this.keys = keyStore();
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(own(), null, null);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		this.http = new FakeCollector(server);
		this.grpc = new FakeGrpcCollector(0, TlsServerCredentials.newBuilder().keyManager(own()).build(), "https");
	}

	@AfterEach
	void close() {
		this.http.close();
		this.grpc.close();
	}

	private int taken() {
		return this.http.logRecords().size() + this.grpc.logRecords().size();
	}

	@ParameterizedTest
	@EnumSource
	void certificateThatIsTrustedIsAccepted(OtlpProtocol protocol) throws Exception {
		OtlpSink sink = sink(protocol, "localhost", trust());
		sink.emit(OtlpFixture.event("a").build());
		sink.close();
		assertThat(taken()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void certificateOfAnUnknownAuthorityIsNamedAndNothingIsSent(OtlpProtocol protocol) throws Exception {
		assertRefused(sink(protocol, "localhost", null), "the certificate of localhost:");
	}

	@ParameterizedTest
	@EnumSource
	void certificateOfAnotherNameIsNamedAndNothingIsSent(OtlpProtocol protocol) throws Exception {
		assertRefused(sink(protocol, "127.0.0.1", trust()), "the certificate of 127.0.0.1:");
	}

	private void assertRefused(OtlpSink sink, String message) {
		TelemetryException failure = catchThrowableOfType(TelemetryException.class,
				() -> sink.emit(OtlpFixture.event("a").build()));
		sink.close();
		assertThat(failure).hasMessageContaining(message).hasMessageContaining("is not trusted");
		assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.HOLD);
		assertThat(taken()).isZero();
	}

	@Test
	void receiverOfGrpcThatDoesNotSpeakTlsIsHeldAndNothingIsSent() throws Exception {
		try (FakeGrpcCollector plain = new FakeGrpcCollector()) {
			OtlpSink sink = sink(OtlpProtocol.GRPC, URI.create("https://localhost:" + plain.port()), trust());
			TelemetryException failure = catchThrowableOfType(TelemetryException.class,
					() -> sink.emit(OtlpFixture.event("a").build()));
			sink.close();
			assertThat(failure).hasMessageContaining("does not speak TLS");
			assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.HOLD);
			assertThat(plain.requests()).isEmpty();
		}
	}

	private OtlpSink sink(OtlpProtocol protocol, String host, @Nullable Tls tls) throws TelemetryException {
		URI endpoint = (protocol == OtlpProtocol.GRPC) ? this.grpc.uri() : this.http.uri("/v1/logs");
		return sink(protocol, URI.create(endpoint.toString().replace("localhost", host)), tls);
	}

	private static OtlpSink sink(OtlpProtocol protocol, URI endpoint, @Nullable Tls tls) throws TelemetryException {
		return new OtlpSink(OtlpFixture.settings(protocol, endpoint, OtlpSignal.LOGS, true), null, tls);
	}

	private KeyManager[] own() throws GeneralSecurityException {
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(this.keys, PASSWORD);
		return own.getKeyManagers();
	}

	private Tls trust() throws GeneralSecurityException {
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(this.keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trusted.getTrustManagers(), null);
		return new Tls(context, List.of(), List.of(trusted.getTrustManagers()));
	}

	private static KeyStore keyStore() throws Exception {
		Path file = directory.resolve("keys.p12");
		if (!Files.exists(file)) {
			generate(file);
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			keys.load(in, PASSWORD);
		}
		// As an entry of its own the certificate counts as trusted
		keys.setCertificateEntry("authority", keys.getCertificate("server"));
		return keys;
	}

	private static void generate(Path file) throws IOException, InterruptedException {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
				new String(PASSWORD))
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.txt").toFile())
			.start();
		assertThat(keytool.waitFor()).as("exit of keytool").isZero();
	}

}
