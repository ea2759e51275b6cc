package dev.telemetry.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import dev.telemetry.sdk.Patience;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TestCertificates;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeGrpcCollector;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import io.grpc.TlsServerCredentials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A sink that is in use follows its SSL bundle: over both protocols, with a destination
 * whose certificate comes from another authority from now on.
 */
@Tag("F-09")
@Timeout(120)
class TlsReloadTests {

	private static final String BUNDLE = "collectors";

	private static final EventOrigin ORIGIN = EventOrigin.of("demo-app", "1.0.0");

	private static TestCertificates before;

	private static TestCertificates after;

	private static Path old;

	private static Path renewed;

	private final CountingRegistry registry = new CountingRegistry();

	private final List<AutoCloseable> opened = new ArrayList<>();

	private int port;

	private @Nullable FakeCollector http;

	private @Nullable FakeGrpcCollector grpc;

	@BeforeAll
	static void issue(@TempDir Path first, @TempDir Path second) throws Exception {
		before = new TestCertificates(first);
		old = before.issue("old");
		after = new TestCertificates(second);
		renewed = after.issue("renewed");
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable open : this.opened) {
			open.close();
		}
	}

	private static SslBundle trusting(TestCertificates authority) throws Exception {
		return SslBundle.of(SslStoreBundle.of(null, null, authority.trustStore()));
	}

	/** Start a destination, at the port of the one before if there was one. */
	private void start(OtlpProtocol protocol, Path keys) throws Exception {
		if (protocol == OtlpProtocol.GRPC) {
			this.grpc = new FakeGrpcCollector(this.port,
					TlsServerCredentials.newBuilder().keyManager(TestCertificates.keys(keys)).build(), "https");
			this.opened.add(this.grpc);
			this.port = this.grpc.port();
			return;
		}
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(TestCertificates.keys(keys), null, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		this.port = server.getAddress().getPort();
		this.http = new FakeCollector(server);
		this.opened.add(this.http);
	}

	private void exchange(OtlpProtocol protocol, Path keys) throws Exception {
		this.opened.remove(this.opened.size() - 1).close();
		start(protocol, keys);
	}

	/** Do something while a request is in flight, then accept it. */
	private void meanwhile(Runnable action) {
		if (this.grpc != null) {
			this.grpc.reply((request) -> {
				action.run();
				return FakeGrpcCollector.Reply.ok(new byte[0]);
			});
		}
		else if (this.http != null) {
			this.http.reply((request) -> {
				action.run();
				return FakeCollector.Reply.status(200);
			});
		}
	}

	private int requests() {
		return ((this.http != null) ? this.http.requests().size() : 0)
				+ ((this.grpc != null) ? this.grpc.requests().size() : 0);
	}

	private OtlpSinkFactory factory(OtlpProtocol protocol) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("bundles", this.registry);
		TlsSource tls = BundleTls.of(BUNDLE, beans.getBeanProvider(SslBundles.class));
		URI endpoint = URI
			.create("https://localhost:" + this.port + ((protocol != OtlpProtocol.GRPC) ? "/v1/logs" : ""));
		HttpSettings settings = new HttpSettings(endpoint, HttpHeaders.NONE, true, Duration.ofSeconds(30),
				"telemetry.endpoint");
		return new OtlpSinkFactory(new OtlpSettings(protocol, settings, OtlpSignal.LOGS, OtlpResource.of("demo-app")),
				tls);
	}

	private TelemetrySink sink(OtlpSinkFactory factory) throws TelemetryException {
		TelemetrySink sink = factory.create(new SinkSession(ORIGIN, "actuator"));
		this.opened.add(0, sink::close);
		return sink;
	}

	private static void emit(TelemetrySink sink) throws TelemetryException {
		sink.emit(Event.builder("order.placed").origin(ORIGIN).build());
	}

	private static TelemetryException failure(TelemetrySink sink) {
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> emit(sink));
		assertThat(failure).isNotNull();
		return failure;
	}

	@ParameterizedTest
	@EnumSource
	void certificateOfAnotherAuthorityIsAcceptedOnceTheBundleTrustsIt(OtlpProtocol protocol) throws Exception {
		this.registry.registerBundle(BUNDLE, trusting(before));
		start(protocol, old);
		TelemetrySink sink = sink(factory(protocol));
		emit(sink);
		exchange(protocol, renewed);
		assertThat(failure(sink)).as("without the update").hasMessageContaining("is not trusted");
		assertThat(requests()).isZero();
		this.registry.updateBundle(BUNDLE, trusting(after));
		emit(sink);
		assertThat(requests()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void authorityThatTheBundleDropsIsNotTrustedOnAConnectionThatIsOpenEither(OtlpProtocol protocol) throws Exception {
		this.registry.registerBundle(BUNDLE, trusting(before));
		start(protocol, old);
		TelemetrySink sink = sink(factory(protocol));
		emit(sink);
		this.registry.updateBundle(BUNDLE, trusting(after));
		assertThat(failure(sink)).hasMessageContaining("is not trusted");
		assertThat(requests()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void requestInFlightIsNotBrokenByAnUpdate(OtlpProtocol protocol) throws Exception {
		this.registry.registerBundle(BUNDLE, trusting(before));
		start(protocol, old);
		TelemetrySink sink = sink(factory(protocol));
		SslBundle updated = trusting(before);
		meanwhile(() -> this.registry.updateBundle(BUNDLE, updated));
		emit(sink);
		assertThat(requests()).isOne();
		emit(sink);
		assertThat(requests()).isEqualTo(2);
		if (this.grpc != null) {
			assertThat(this.grpc.connections()).as("the update was used").isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void bundleThatCannotBeUsedHoldsWhatWaits(OtlpProtocol protocol) throws Exception {
		this.registry.registerBundle(BUNDLE, trusting(before));
		start(protocol, old);
		TelemetrySink sink = sink(factory(protocol));
		emit(sink);
		this.registry.updateBundle(BUNDLE, SslBundle.of(new DamagedStores()));
		TelemetryException failure = failure(sink);
		assertThat(failure).hasMessageContaining("'telemetry.ssl.bundle'").hasMessageContaining("'spring.ssl.bundle'");
		assertThat(failure.getMessage()).doesNotContain("SECRET");
		assertThat(failure.reaction()).isEqualTo(Reaction.HOLD);
		this.registry.updateBundle(BUNDLE, trusting(before));
		emit(sink);
		assertThat(requests()).isEqualTo(2);
	}

	@Test
	void channelsThatAnUpdateReplacedAreClosed() throws Exception {
		this.registry.registerBundle(BUNDLE, trusting(before));
		start(OtlpProtocol.GRPC, old);
		FakeGrpcCollector collector = Objects.requireNonNull(this.grpc);
		OtlpSinkFactory factory = factory(OtlpProtocol.GRPC);
		TelemetrySink sink = sink(factory);
		for (int update = 0; update < 10; update++) {
			emit(sink);
			this.registry.updateBundle(BUNDLE, trusting(before));
		}
		assertThat(collector.connections()).isEqualTo(10);
		Patience.until("one connection is left", () -> collector.open() == 1);
		sink.close();
		Patience.until("none is left", () -> collector.open() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void bundleIsWatchedOnceHoweverManySessionsThereAre(OtlpProtocol protocol) throws Exception {
		this.registry.registerBundle(BUNDLE, trusting(before));
		start(protocol, old);
		OtlpSinkFactory factory = factory(protocol);
		assertThat(this.registry.handlers).as("not before a session").isZero();
		for (int session = 0; session < 5; session++) {
			TelemetrySink sink = sink(factory);
			emit(sink);
			sink.close();
		}
		assertThat(this.registry.handlers).isOne();
	}

	/** Counts who wants to know of updates. */
	private static final class CountingRegistry extends DefaultSslBundleRegistry {

		private int handlers;

		@Override
		public void addBundleUpdateHandler(String name, Consumer<SslBundle> handler) {
			super.addBundleUpdateHandler(name, handler);
			this.handlers++;
		}

	}

	/** A file that is half written. */
	private static final class DamagedStores implements SslStoreBundle {

		@Override
		public @Nullable KeyStore getKeyStore() {
			return null;
		}

		@Override
		public @Nullable String getKeyStorePassword() {
			return null;
		}

		@Override
		public KeyStore getTrustStore() {
			throw new IllegalStateException("SECRET-9f3");
		}

	}

}
