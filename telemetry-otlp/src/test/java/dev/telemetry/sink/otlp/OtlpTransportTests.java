package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.telemetry.event.Event;
import dev.telemetry.sdk.Patience;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeCollector.Request;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests for how requests are made, and for receivers that do not answer. */
@Tag("F-03")
@Tag("F-04")
@Timeout(120)
class OtlpTransportTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private final FakeCollector collector = new FakeCollector();

	@AfterEach
	void close() {
		this.collector.close();
	}

	private static TelemetryException failure(OtlpSink sink) {
		Event event = OtlpFixture.event("a").build();
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emit(event));
		assertThat(failure).isNotNull();
		sink.close();
		return failure;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void requestIsAPlainPostWithTheConfiguredHeaders(boolean gzip) throws TelemetryException {
		OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, gzip);
		sink.emit(OtlpFixture.event("a").build());
		sink.close();
		Request request = this.collector.requests().get(0);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/v1/logs");
		assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
		assertThat(request.headers().getFirst("User-Agent")).isEqualTo("telemetry-spring-boot-starter");
		assertThat(request.headers().getFirst("X-Api-Key")).isEqualTo("SECRET-9f3");
		assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo(gzip ? "gzip" : null);
		assertThat(request.headers()).doesNotContainKeys("Upgrade", "Http2-settings", "Cookie", "Traceparent");
		assertThat(this.collector.logRecords()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyBodyIsAtMost64KiBOnTheWireAndNothingIsLost(boolean gzip) throws TelemetryException {
		OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, gzip);
		List<Event> events = OtlpFixture.events(512, 1000);
		sink.emitAll(events);
		sink.close();
		assertThat(this.collector.requests()).hasSizeGreaterThan(1)
			.allSatisfy((request) -> assertThat(request.wire().length).isLessThanOrEqualTo(64 * 1024));
		assertThat(this.collector.logRecords()).hasSize(512);
	}

	@Test
	void eventThatExceedsARequestIsNamedAndHoldsUpNothingBeforeIt() {
		OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, false);
		Event.Builder large = OtlpFixture.event("large");
		for (int i = 0; i < 9; i++) {
			// The longest an event holds of one value
			large.attribute("text" + i, "x".repeat(8192));
		}
		List<Event> events = List.of(OtlpFixture.event("a").build(), large.build(), OtlpFixture.event("b").build());
		TelemetryException failure = catchThrowableOfType(TelemetryException.class, () -> sink.emitAll(events));
		sink.close();
		assertThat(failure.kind()).isEqualTo(TelemetryException.Kind.TOO_LARGE);
		assertThat(failure.settled()).isEqualTo(1);
		assertThat(failure.suspects()).isEqualTo(1);
		assertThat(this.collector.logRecords()).hasSize(1);
	}

	@Test
	void receiverThatRefusesConnectionsIsNamed() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		TelemetryException failure = failure(
				OtlpFixture.sink(URI.create("http://127.0.0.1:" + port + "/v1/logs"), Duration.ofSeconds(10)));
		assertThat(failure).hasMessageStartingWith("no connection to 127.0.0.1:" + port + ": refused");
		assertThat(failure.retryable()).isTrue();
	}

	@Test
	void nameThatDoesNotResolveIsNamed() {
		TelemetryException failure = failure(
				OtlpFixture.sink(URI.create("http://collector.invalid:4318/v1/logs"), Duration.ofSeconds(60)));
		assertThat(failure).hasMessageStartingWith("the name of collector.invalid:4318 cannot be resolved");
		assertThat(failure.retryable()).isTrue();
	}

	@Test
	void receiverThatAcceptsAndHangsTimesOut() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			TelemetryException failure = failure(
					OtlpFixture.sink(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/logs"), SHORT));
			assertThat(failure).hasMessageContaining("no answer from 127.0.0.1:");
			assertThat(failure.retryable()).isTrue();
		}
	}

	@Test
	void receiverThatStopsInTheMiddleOfItsAnswerTimesOut() throws IOException {
		try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab", true)) {
			TelemetryException failure = failure(OtlpFixture.sink(server.uri("http"), SHORT));
			assertThat(failure).hasMessageContaining("no answer from 127.0.0.1:");
		}
	}

	@Test
	void receiverWithoutTlsIsNamedAndGetsNoPayload() throws IOException {
		try (RawServer server = new RawServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", false)) {
			TelemetryException failure = failure(OtlpFixture.sink(server.uri("https"), Duration.ofSeconds(30)));
			assertThat(failure).hasMessageContaining("does not speak TLS");
			assertThat(failure.reaction()).isEqualTo(TelemetryException.Reaction.HOLD);
			assertThat(server.received()).doesNotContain("demo-app");
		}
	}

	@Test
	void abortEndsTheRequestInFlightAndAllowsNoOther() throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		this.collector.reply((request) -> {
			received.countDown();
			try {
				Patience.await("the end of the test", release);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return Reply.status(200);
		});
		OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, true);
		CompletableFuture<TelemetryException> failed = CompletableFuture.supplyAsync(
				() -> catchThrowableOfType(TelemetryException.class, () -> sink.emit(OtlpFixture.event("a").build())));
		assertThat(received.await(60, TimeUnit.SECONDS)).isTrue();
		sink.abort();
		assertThat(failed.get(20, TimeUnit.SECONDS)).hasMessageContaining("aborted");
		assertThat(failure(sink)).hasMessageContaining("aborted");
		release.countDown();
		assertThat(this.collector.requests()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(OtlpSignal.class)
	void hostsOpenTelemetryAndItsSettingsAreLeftAlone(OtlpSignal signal) throws TelemetryException {
		List<String> names = List.of("otel.exporter.otlp.endpoint", "otel.resource.attributes", "otel.service.name",
				"otel.exporter.otlp.headers", "io.opentelemetry.sdk.common.export.HttpSenderProvider");
		GlobalOpenTelemetry.resetForTest();
		names.forEach((name) -> System.setProperty(name, "http://otel.invalid:1"));
		try {
			OtlpSink sink = OtlpFixture.sink(this.collector, signal, true);
			sink.emit(OtlpFixture.event("a").build());
			sink.close();
			assertThat(GlobalOpenTelemetry.isSet()).isFalse();
			GlobalOpenTelemetry.set(OpenTelemetry.noop());
		}
		finally {
			names.forEach(System::clearProperty);
			GlobalOpenTelemetry.resetForTest();
		}
		assertThat(this.collector.requests()).hasSize(1);
		assertThat(new String(this.collector.requests().get(0).body(), StandardCharsets.ISO_8859_1))
			.doesNotContain("otel.invalid", "telemetry.sdk");
	}

	@Test
	void proxyAndCookiesOfTheHostAreNotUsed() throws TelemetryException {
		System.setProperty("http.proxyHost", "proxy.invalid");
		System.setProperty("http.nonProxyHosts", "");
		try {
			OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, true);
			this.collector.reply((request) -> Reply.status(200).header("Set-Cookie", "a=b"));
			sink.emit(OtlpFixture.event("a").build());
			sink.emit(OtlpFixture.event("b").build());
			sink.close();
		}
		finally {
			System.clearProperty("http.proxyHost");
			System.clearProperty("http.nonProxyHosts");
		}
		assertThat(this.collector.requests()).hasSize(2)
			.noneMatch((request) -> request.headers().containsKey("Cookie"));
	}

	@Test
	void closeEndsTheThreadAndTheIdleConnection() throws Exception {
		Set<Thread> before = threads();
		OtlpSink sink = OtlpFixture.sink(this.collector, OtlpSignal.LOGS, true);
		assertThat(threads()).as("before the first request").isEqualTo(before);
		sink.emit(OtlpFixture.event("a").build());
		Set<Thread> begun = threads();
		begun.removeAll(before);
		assertThat(begun).hasSize(1);
		sink.close();
		sink.close();
		for (Thread thread : begun) {
			thread.join(60_000);
			assertThat(thread.isAlive()).isFalse();
		}
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("telemetry-http"))
			.collect(Collectors.toSet());
	}

	/** Answers the first bytes of each connection with fixed ones. */
	private static final class RawServer implements AutoCloseable {

		private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final StringBuffer received = new StringBuffer();

		private final CountDownLatch closed = new CountDownLatch(1);

		RawServer(String answer, boolean keepOpen) throws IOException {
			Thread thread = new Thread(() -> serve(answer, keepOpen));
			thread.setDaemon(true);
			thread.start();
		}

		private void serve(String answer, boolean keepOpen) {
			while (!this.socket.isClosed()) {
				try (Socket connection = this.socket.accept()) {
					byte[] first = new byte[8192];
					InputStream in = connection.getInputStream();
					int length = in.read(first);
					this.received.append(new String(first, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
					connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
					if (keepOpen) {
						Patience.await("the end of the test", this.closed);
					}
				}
				catch (IOException | InterruptedException ex) {
					// the test has ended, or the client has gone
				}
			}
		}

		URI uri(String scheme) {
			return URI.create(scheme + "://127.0.0.1:" + this.socket.getLocalPort() + "/v1/logs");
		}

		String received() {
			return this.received.toString();
		}

		@Override
		public void close() throws IOException {
			this.closed.countDown();
			this.socket.close();
		}

	}

}
