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

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.telemetry.sink.TelemetryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests for certificates (F-09). */
class OtlpTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	@TempDir
	private static Path directory;

	private KeyStore keys;

	private FakeCollector collector;

	@BeforeEach
	void start() throws Exception {
		this.keys = keyStore();
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(tls(true)));
		this.collector = new FakeCollector(server);
	}

	@AfterEach
	void close() {
		this.collector.close();
	}

	@Test
	void certificateThatIsTrustedIsAccepted() throws Exception {
		OtlpSink sink = sink(this.collector.uri("/v1/logs"), tls(false));
		sink.emit(OtlpFixture.event("a").build());
		sink.close();
		assertThat(this.collector.logRecords()).hasSize(1);
	}

	@Test
	void certificateOfAnUnknownAuthorityIsNamedAndNothingIsSent() {
		OtlpSink sink = sink(this.collector.uri("/v1/logs"), null);
		assertRefused(sink, "the certificate of localhost:");
	}

	@Test
	void certificateOfAnotherNameIsNamedAndNothingIsSent() throws Exception {
		URI byAddress = URI.create(this.collector.uri("/v1/logs").toString().replace("localhost", "127.0.0.1"));
		assertRefused(sink(byAddress, tls(false)), "the certificate of 127.0.0.1:");
	}

	private void assertRefused(OtlpSink sink, String message) {
		TelemetryException failure = catchThrowableOfType(TelemetryException.class,
				() -> sink.emit(OtlpFixture.event("a").build()));
		sink.close();
		assertThat(failure).hasMessageContaining(message).hasMessageContaining("is not trusted");
		assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.HOLD);
		assertThat(this.collector.requests()).isEmpty();
	}

	private static OtlpSink sink(URI endpoint, SSLContext tls) {
		OtlpSettings settings = OtlpSettings.of(endpoint, OtlpSignal.LOGS, OtlpResource.of("demo"));
		return new OtlpSink(settings, null, tls);
	}

	private SSLContext tls(boolean server) throws GeneralSecurityException {
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(this.keys, PASSWORD);
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(this.keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(server ? own.getKeyManagers() : null, server ? null : trusted.getTrustManagers(), null);
		return context;
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
