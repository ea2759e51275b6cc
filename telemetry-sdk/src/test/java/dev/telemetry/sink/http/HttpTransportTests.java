package dev.telemetry.sink.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.sdk.ProcessOutput;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.RawReceiver;
import dev.telemetry.sink.RawReceiver.Connection;
import dev.telemetry.sink.TelemetryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tests for {@link HttpTransport}: its connections, its limit and how it is aborted. */
@Tag("F-03")
@Tag("F-04")
@Timeout(120)
class HttpTransportTests {

	/** From Java 25 on, two tasks that wait may be more than the common pool runs. */
	private static final Executor THREAD = (task) -> new Thread(task, "test").start();

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicInteger lookups = new AtomicInteger();

	private HttpTransport transport;

	@AfterEach
	void close() {
		this.transport.close();
	}

	private HttpTransport transport(URI endpoint, Duration timeout, Connector.Resolver resolver) {
		HttpSettings settings = new HttpSettings(endpoint, HttpHeaders.NONE, false, timeout, "telemetry.http.endpoint");
		Connector connector = new Connector(settings, TlsSource.JAVA, (host) -> {
			this.lookups.incrementAndGet();
			return resolver.resolve(host);
		});
		this.transport = new HttpTransport(settings, connector, this.nanos::get,
				(task) -> new Thread(task, "http-under-test"));
		return this.transport;
	}

	private HttpTransport transport(URI endpoint, Duration timeout) {
		return transport(endpoint, timeout, InetAddress::getAllByName);
	}

	/** Answer every request on a connection until it ends. */
	private static void serve(Connection connection) throws IOException {
		while (true) {
			long before = connection.received().get();
			connection.request();
			if (connection.received().get() == before) {
				return;
			}
			connection.say(OK);
		}
	}

	@Test
	void nothingIsLookedUpAndNoThreadBeginsBeforeTheFirstRequest() throws Exception {
		try (RawReceiver receiver = new RawReceiver(HttpTransportTests::serve)) {
			long before = threads();
			HttpTransport transport = transport(receiver.uri("http"), LONG);
			assertThat(this.lookups).hasValue(0);
			assertThat(threads()).isEqualTo(before);
			assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
			assertThat(this.lookups).hasValue(1);
			assertThat(threads()).isEqualTo(before + 1);
		}
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("http-under-test"))
			.count();
	}

	@Test
	void connectionStaysOpenBetweenRequestsUntilItIsIdleForTooLongOrTooOld() throws Exception {
		try (RawReceiver receiver = new RawReceiver(HttpTransportTests::serve)) {
			HttpTransport transport = transport(receiver.uri("http"), LONG);
			for (int second = 0; second <= 300; second += 25) {
				this.nanos.set(Duration.ofSeconds(second).toNanos());
				assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
			}
			assertThat(receiver.connections()).isEqualTo(1);
			this.nanos.addAndGet(1);
			assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
			assertThat(receiver.connections()).as("older than five minutes").isEqualTo(2);
			this.nanos.addAndGet(Duration.ofSeconds(31).toNanos());
			assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
			assertThat(receiver.connections()).as("idle for more than half a minute").isEqualTo(3);
			await("the end of the connections before").atMost(LIMIT).until(() -> receiver.open() == 1);
		}
	}

	@Test
	void requestThatMeetsAConnectionClosedMeanwhileIsSentOnAnother() throws Exception {
		try (RawReceiver receiver = new RawReceiver((connection) -> {
			connection.request();
			connection.say(OK);
		})) {
			HttpTransport transport = transport(receiver.uri("http"), LONG);
			for (int i = 0; i < 50; i++) {
				assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
			}
			assertThat(receiver.connections()).isEqualTo(50);
		}
	}

	@Test
	void requestThatANewConnectionDoesNotAnswerIsNotSentAgain() throws Exception {
		try (RawReceiver receiver = new RawReceiver(Connection::request)) {
			assertThat(transport(receiver.uri("http"), LONG).post(new Text(10)).failure())
				.isInstanceOf(UnansweredException.class);
			assertThat(receiver.connections()).isEqualTo(1);
		}
	}

	@Test
	void everyAddressOfAHostIsTried() throws Exception {
		try (RawReceiver receiver = new RawReceiver(HttpTransportTests::serve)) {
			InetAddress nobody = InetAddress.getByAddress("many.example.com", new byte[] { 127, 0, 0, 2 });
			InetAddress there = InetAddress.getByAddress("many.example.com", new byte[] { 127, 0, 0, 1 });
			URI endpoint = URI.create("http://many.example.com:" + receiver.uri("http").getPort() + "/events");
			HttpTransport transport = transport(endpoint, LONG, (host) -> new InetAddress[] { nobody, there });
			assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
		}
	}

	@Test
	void nameThatHasNoAddressIsAFailure() {
		HttpTransport transport = transport(URI.create("http://none.example.com/"), LONG, (host) -> new InetAddress[0]);
		assertThat(transport.post(new Text(10)).failure()).isInstanceOf(UnknownHostException.class);
	}

	@Test
	void lookupThatHangsEndsByTheLimitAndByAnAbort() throws Exception {
		CountDownLatch hangs = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(1);
		HttpTransport transport = transport(URI.create("http://slow.example.com/"), Duration.ofMillis(200), (host) -> {
			asked.countDown();
			awaitUninterruptibly(hangs);
			throw new UnknownHostException(host);
		});
		assertThat(ConnectionFailure.of(failure(transport))).isEqualTo(ConnectionFailure.NAME_TIMEOUT);
		assertThat(ConnectionFailure.of(failure(transport))).as("behind the first, which hangs still")
			.isEqualTo(ConnectionFailure.NAME_TIMEOUT);
		assertThat(asked.getCount()).isZero();
		assertThat(this.lookups).hasValue(1);
		hangs.countDown();
	}

	private static Throwable failure(HttpTransport transport) {
		Throwable failure = transport.post(new Text(10)).failure();
		assertThat(failure).isNotNull();
		return failure;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).as("the test to go on").isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void abortDuringALookupEndsTheWaitAndNothingConnectsAfterwards() throws Exception {
		try (RawReceiver receiver = new RawReceiver(Connection::drain)) {
			CountDownLatch hangs = new CountDownLatch(1);
			CountDownLatch asked = new CountDownLatch(1);
			HttpTransport transport = transport(receiver.uri("http"), LONG, (host) -> {
				asked.countDown();
				awaitUninterruptibly(hangs);
				return InetAddress.getAllByName(host);
			});
			CompletableFuture<HttpAnswer> answer = CompletableFuture.supplyAsync(() -> transport.post(new Text(10)));
			assertThat(asked.await(20, TimeUnit.SECONDS)).as("the lookup").isTrue();
			transport.abort();
			assertThat(ConnectionFailure.of(answer.get(20, TimeUnit.SECONDS).failure()))
				.isEqualTo(ConnectionFailure.ABORTED);
			hangs.countDown();
			transport.close();
			await("the end of the thread").atMost(LIMIT).until(() -> threads() == 0);
			assertThat(receiver.connections()).isZero();
		}
	}

	@Test
	void abortDuringAConnectEndsIt() throws Exception {
		try (ServerSocket full = new ServerSocket()) {
			full.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
			// Nobody accepts: once the queue is full, a connect waits
			try (Socket first = new Socket(); Socket second = new Socket()) {
				first.connect(full.getLocalSocketAddress());
				second.connect(full.getLocalSocketAddress());
				HttpTransport transport = transport(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/"), LONG);
				CompletableFuture<HttpAnswer> answer = CompletableFuture
					.supplyAsync(() -> transport.post(new Text(10)));
				await("the lookup").atMost(LIMIT).until(() -> this.lookups.get() == 1);
				transport.abort();
				assertThat(ConnectionFailure.of(answer.get(20, TimeUnit.SECONDS).failure()))
					.isEqualTo(ConnectionFailure.ABORTED);
			}
		}
	}

	@Test
	void connectionThatIsNotAcceptedEndsByTheLimit() throws Exception {
		try (ServerSocket full = new ServerSocket()) {
			full.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
			try (Socket first = new Socket(); Socket second = new Socket()) {
				first.connect(full.getLocalSocketAddress());
				second.connect(full.getLocalSocketAddress());
				HttpTransport transport = transport(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/"),
						Duration.ofMillis(200));
				assertThat(ConnectionFailure.of(failure(transport))).isEqualTo(ConnectionFailure.CONNECT_TIMEOUT);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void abortWhileTheOtherSideIsSilentResetsTheConnection(String scheme) throws Exception {
		CompletableFuture<String> end = new CompletableFuture<>();
		CountDownLatch begun = new CountDownLatch(1);
		try (RawReceiver receiver = new RawReceiver((connection) -> {
			connection.socket().getInputStream().read();
			begun.countDown();
			end.complete(endOf(connection));
		})) {
			HttpTransport transport = transport(receiver.uri(scheme), LONG);
			CompletableFuture<HttpAnswer> answer = CompletableFuture
				.supplyAsync(() -> transport.post(new Text(60_000)));
			assertThat(begun.await(20, TimeUnit.SECONDS)).as("the first byte").isTrue();
			transport.abort();
			assertThat(ConnectionFailure.of(answer.get(20, TimeUnit.SECONDS).failure()))
				.isEqualTo(ConnectionFailure.ABORTED);
			assertThat(end.get(20, TimeUnit.SECONDS)).contains("reset");
			assertThat(transport.post(new Text(10)).failure()).as("a later request").isNotNull();
			assertThat(receiver.connections()).isEqualTo(1);
		}
	}

	private static String endOf(Connection connection) throws IOException {
		try {
			connection.drain();
			return "closed";
		}
		catch (SocketException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	@Test
	void abortWhileAWriteIsStuckLetsNoFurtherByteOut() throws Exception {
		CountDownLatch accepted = new CountDownLatch(1);
		CountDownLatch aborted = new CountDownLatch(1);
		AtomicLong arrived = new AtomicLong();
		try (ServerSocket server = new ServerSocket()) {
			// What does not fit in there stays on our side
			server.setReceiveBufferSize(4096);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
				try (Socket socket = server.accept()) {
					accepted.countDown();
					awaitUninterruptibly(aborted);
					arrived.set(socket.getInputStream().readAllBytes().length);
				}
				catch (IOException ex) {
					// reset, as it should be
				}
			}, THREAD);
			HttpTransport transport = transport(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), LONG);
			CompletableFuture<HttpAnswer> answer = CompletableFuture
				.supplyAsync(() -> transport.post(new Text(64 * 1024)), THREAD);
			assertThat(accepted.await(20, TimeUnit.SECONDS)).as("a connection").isTrue();
			transport.abort();
			aborted.countDown();
			answer.get(20, TimeUnit.SECONDS);
			reading.get(20, TimeUnit.SECONDS);
			assertThat(arrived).hasValueLessThan(64 * 1024);
		}
	}

	@Test
	void abortClosesTheIdleConnection() throws Exception {
		try (RawReceiver receiver = new RawReceiver(HttpTransportTests::serve)) {
			HttpTransport transport = transport(receiver.uri("http"), LONG);
			assertThat(transport.post(new Text(10)).status()).isEqualTo(200);
			assertThat(receiver.open()).isEqualTo(1);
			long before = receiver.received();
			transport.abort();
			await("the end of the connection").atMost(LIMIT).until(() -> receiver.open() == 0);
			assertThat(receiver.received()).isEqualTo(before);
		}
	}

	@Test
	void socksProxyOfTheHostIsNotUsed() throws Exception {
		try (RawReceiver receiver = new RawReceiver(HttpTransportTests::serve)) {
			System.setProperty("socksProxyHost", "127.0.0.1");
			System.setProperty("socksProxyPort", "1");
			assertThat(transport(receiver.uri("http"), LONG).post(new Text(10)).status()).isEqualTo(200);
		}
		finally {
			System.clearProperty("socksProxyHost");
			System.clearProperty("socksProxyPort");
		}
	}

	/** A stack that no system has room for: the thread is really refused. */
	@Test
	void threadThatTheSystemDoesNotGiveIsNamedAndAskedForAgain() throws Exception {
		try (RawReceiver receiver = new RawReceiver(HttpTransportTests::serve)) {
			HttpSettings settings = new HttpSettings(receiver.uri("http"), HttpHeaders.NONE, false, LONG,
					"telemetry.http.endpoint");
			AtomicInteger asked = new AtomicInteger();
			this.transport = new HttpTransport(settings,
					new Connector(settings, TlsSource.JAVA, InetAddress::getAllByName), this.nanos::get,
					(task) -> new Thread(null, task, "refused", (asked.getAndIncrement() < 2) ? 1L << 60 : 0));
			for (int i = 0; i < 2; i++) {
				assertThat(failure(this.transport)).isInstanceOf(OutOfMemoryError.class);
			}
			TelemetryException failure = new HttpAnswers(settings, TelemetryException.Kind.HTTP, "", (body) -> "")
				.failure(HttpAnswer.failed(new OutOfMemoryError("unable to create native thread")));
			assertThat(failure).hasMessageStartingWith("no thread can be started to reach 127.0.0.1:")
				.hasMessageContaining("raise the limit of processes and threads");
			assertThat(ConnectionFailure.of(new OutOfMemoryError("Java heap space"))).as("memory is short, not threads")
				.isEqualTo(ConnectionFailure.BROKEN);
			assertThat(this.transport.post(new Text(10)).status()).isEqualTo(200);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void descriptorThatTheSystemDoesNotGiveIsNamed() throws Exception {
		this.transport = transport(URI.create("http://localhost/"), LONG);
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", "ulimit -n 1024 && exec \"$@\"", "sh",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), FewFiles.class.getName());
		ProcessOutput output = new ProcessOutput("a process with few descriptors",
				builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
		assertThat(output.lineAfter("before: ")).contains(": refused");
		assertThat(output.lineAfter("without: ")).startsWith("no socket can be opened to reach localhost:1;")
			.contains("raise the limit of open files");
		assertThat(output.exit()).isZero();
	}

	/** A process that runs out of descriptors. */
	static final class FewFiles {

		private FewFiles() {
		}

		public static void main(String[] arguments) throws IOException {
			HttpSettings settings = new HttpSettings(URI.create("http://localhost:1/"), HttpHeaders.NONE, false,
					Duration.ofSeconds(20), "telemetry.http.endpoint");
			HttpTransport transport = new HttpTransport(settings, TlsSource.JAVA);
			HttpAnswers answers = new HttpAnswers(settings, TelemetryException.Kind.HTTP, "", (body) -> "");
			System.out.println("before: " + answers.failure(transport.post(new Text(1))));
			List<InputStream> open = new ArrayList<>();
			String failure;
			try {
				while (true) {
					open.add(Files.newInputStream(Path.of("/dev/null")));
				}
			}
			catch (FileSystemException ex) {
				failure = String.valueOf(answers.failure(transport.post(new Text(1))));
			}
			for (InputStream in : open) {
				in.close();
			}
			System.out.println("without: " + failure.replaceFirst("^[^:]*: ", ""));
		}

	}

	/**
	 * A body of so many bytes.
	 *
	 * @param length how many
	 */
	private record Text(int length) implements HttpBody {

		@Override
		public Map<String, String> fields() {
			return Map.of("Content-Type", "text/plain");
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			out.write(new byte[this.length]);
		}

	}

}
