package dev.telemetry.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server on loopback that takes every request, and shows what would leave this machine:
 * set its address in place of the real one, and let the test export.
 *
 * <pre>
 * static final SentRequests SENT = SentRequests.start();
 *
 * &#64;DynamicPropertySource
 * static void endpoint(DynamicPropertyRegistry registry) {
 *     registry.add("telemetry.http.endpoint", SENT::uri);
 * }
 * </pre>
 *
 * {@link RecordedTelemetry#flush()} waits until what was recorded is sent. Safe for use
 * by several threads.
 */
public final class SentRequests implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final HttpServer server;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private final List<SentRequest> requests = new ArrayList<>();

	private volatile int status = 200;

	private SentRequests(HttpServer server) {
		this.server = server;
		server.createContext("/", this::take);
	}

	/**
	 * Start a server on a free port.
	 * @return the server, to be closed
	 */
	public static SentRequests start() {
		try {
			SentRequests sent = new SentRequests(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			sent.server.start();
			return sent;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the address of the server.
	 * @return the address, without a path
	 */
	public URI uri() {
		InetSocketAddress address = this.server.getAddress();
		String host = address.getAddress().getHostAddress();
		return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
	}

	/**
	 * Answer from now on with another status than 200.
	 * @param code the status
	 */
	public void answer(int code) {
		this.status = code;
	}

	/**
	 * Return what was sent so far.
	 * @return an unmodifiable copy, oldest first
	 */
	public List<SentRequest> requests() {
		synchronized (this.lock) {
			return List.copyOf(this.requests);
		}
	}

	/**
	 * Wait until there are as many requests.
	 * @param count how many
	 * @return what was sent so far
	 * @throws InterruptedException if the thread is interrupted
	 */
	public List<SentRequest> await(int count) throws InterruptedException {
		long end = System.nanoTime() + LIMIT.toNanos();
		synchronized (this.lock) {
			while (this.requests.size() < count) {
				long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
				if (left <= 0) {
					throw new AssertionError("Waited " + LIMIT.toSeconds() + " s in vain for " + count
							+ " requests; there are " + this.requests.size());
				}
				this.lock.wait(left);
			}
			return List.copyOf(this.requests);
		}
	}

	/**
	 * Forget what was sent.
	 */
	public void clear() {
		synchronized (this.lock) {
			this.requests.clear();
		}
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange) {
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
			byte[] body = exchange.getRequestBody().readAllBytes();
			SentRequest request = new SentRequest(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					headers, isCompressed(headers) ? unzip(body) : body);
			synchronized (this.lock) {
				this.requests.add(request);
				this.lock.notifyAll();
			}
			exchange.sendResponseHeaders(this.status, -1);
		}
	}

	private static boolean isCompressed(Map<String, String> headers) {
		return headers.getOrDefault("Content-Encoding", "").toLowerCase(Locale.ROOT).contains("gzip");
	}

	private static byte[] unzip(byte[] body) throws IOException {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
			return in.readAllBytes();
		}
	}

	/** Ends the server; what was sent stays. */
	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * What was sent.
	 *
	 * @param method the method
	 * @param path the path with the query
	 * @param headers the headers, by name in any case
	 * @param body the body, uncompressed
	 */
	@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
	public record SentRequest(String method, String path, Map<String, String> headers, byte[] body) {

		/**
		 * Return the body as text; that of OTLP is binary, but keys and texts are found
		 * in it.
		 * @return the text
		 */
		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		/** Show how it was sent, and how large it is. */
		@Override
		public String toString() {
			return this.method + " " + this.path + ", " + this.body.length + " bytes";
		}

	}

}
