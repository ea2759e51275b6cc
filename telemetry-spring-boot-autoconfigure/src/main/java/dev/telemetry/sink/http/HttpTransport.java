package dev.telemetry.sink.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.SSLContext;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Posts bodies over HTTP/1.1: no redirects, no proxy, no cookies, one time limit from
 * connecting to the last byte of the answer.
 */
public final class HttpTransport {

	/*
	 * The lane's sending thread posts and closes; any thread may abort. "lock" guards the
	 * request in flight and the fact that there must be no more: a request begins under
	 * the lock, so either abort() finds it or the request finds "aborted". The client's
	 * own threads touch nothing of ours.
	 *
	 * The client is made on a thread of "group", so that its own thread lies in that
	 * group, too: before Java 21 a client cannot be closed, and an idle connection would
	 * outlive consent until the garbage collector comes by. An interrupt ends the
	 * client's thread, which then closes every connection it has.
	 */

	private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(3);

	private static final String USER_AGENT = "telemetry-spring-boot-starter";

	private static final String THREADS = "telemetry-http";

	/** The most that may be on its way when consent is withdrawn. */
	private static final int MAX_WIRE_BYTES = 64 * 1024;

	/** What a receiver has to hold after decompression. */
	private static final int MAX_RAW_BYTES = 1024 * 1024;

	private final HttpSettings settings;

	private final ThreadGroup group = new ThreadGroup(THREADS);

	private final ExecutorService threads = Executors.newCachedThreadPool(this::newThread);

	private final Object lock = new Object();

	@GuardedBy("lock")
	private @Nullable HttpClient client;

	@GuardedBy("lock")
	private @Nullable CompletableFuture<HttpResponse<byte[]>> inFlight;

	@GuardedBy("lock")
	private boolean aborted;

	/**
	 * Create a transport. Its threads live until it is closed.
	 * @param settings where and how to send
	 * @param tls whom to trust and what to show, or {@code null} for Java's own
	 */
	public HttpTransport(HttpSettings settings, @Nullable SSLContext tls) {
		this.settings = settings;
		this.client = CompletableFuture.supplyAsync(() -> newClient(settings, tls), this.threads).join();
	}

	private HttpClient newClient(HttpSettings settings, @Nullable SSLContext tls) {
		Duration timeout = settings.exportTimeout();
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.proxy(HttpClient.Builder.NO_PROXY)
			.connectTimeout((timeout.compareTo(MAX_CONNECT_TIMEOUT) < 0) ? timeout : MAX_CONNECT_TIMEOUT)
			.executor(this.threads);
		return ((tls != null) ? builder.sslContext(tls) : builder).build();
	}

	private Thread newThread(Runnable task) {
		Thread thread = new Thread(this.group, task, THREADS, 0, false);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Post a body and wait for the answer. Never throws.
	 * @param body the body
	 * @return the answer or the failure; {@link HttpAnswer#TOO_LARGE} if nothing was sent
	 * because the body exceeds 64 KiB on the wire or 1 MiB before compression
	 */
	public HttpAnswer post(HttpBody body) {
		try {
			byte[] wire = wire(body);
			return (wire != null) ? post(body, wire) : HttpAnswer.TOO_LARGE;
		}
		catch (IOException ex) {
			return HttpAnswer.failed(ex);
		}
	}

	private byte @Nullable [] wire(HttpBody body) throws IOException {
		boolean gzip = this.settings.gzip();
		int length = body.length();
		if (length > (gzip ? MAX_RAW_BYTES : MAX_WIRE_BYTES)) {
			return null;
		}
		ByteArrayOutputStream wire = new ByteArrayOutputStream(gzip ? length / 4 + 64 : length);
		try (OutputStream out = gzip ? new GZIPOutputStream(wire) : wire) {
			body.writeTo(out);
		}
		return (wire.size() <= MAX_WIRE_BYTES) ? wire.toByteArray() : null;
	}

	/** A stray interrupt from before is kept for later; one meanwhile ends the wait. */
	private HttpAnswer post(HttpBody body, byte[] wire) {
		boolean interrupted = Thread.interrupted();
		try {
			return exchange(body, wire);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private HttpAnswer exchange(HttpBody body, byte[] wire) {
		CompletableFuture<HttpResponse<byte[]>> exchange;
		synchronized (this.lock) {
			HttpClient client = this.client;
			if (this.aborted || client == null) {
				return HttpAnswer.failed(new CancellationException());
			}
			exchange = client.sendAsync(request(body, wire), (head) -> new BoundedBody());
			this.inFlight = exchange;
		}
		try {
			return answer(exchange.get(this.settings.exportTimeout().toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (ExecutionException ex) {
			return HttpAnswer.failed((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException | CancellationException ex) {
			exchange.cancel(true);
			return HttpAnswer.failed(ex);
		}
		catch (InterruptedException ex) {
			// Not the end of the thread: its loop clears the flag and tries again
			exchange.cancel(true);
			Thread.currentThread().interrupt();
			return HttpAnswer.failed(ex);
		}
	}

	private HttpRequest request(HttpBody body, byte[] wire) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.settings.endpoint())
			.POST(HttpRequest.BodyPublishers.ofByteArray(wire));
		this.settings.headers().forEach(request::setHeader);
		body.fields().forEach(request::setHeader);
		request.setHeader("User-Agent", USER_AGENT);
		if (this.settings.gzip()) {
			request.setHeader("Content-Encoding", "gzip");
		}
		return request.build();
	}

	private static HttpAnswer answer(HttpResponse<byte[]> response) {
		return HttpAnswer.of(response.statusCode(), response.headers().firstValue("Retry-After").orElse(null),
				response.headers().firstValue("Date").orElse(null), body(response));
	}

	/** A receiver may compress without being asked. What inflates is bounded as well. */
	private static byte[] body(HttpResponse<byte[]> response) {
		if (!response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
			return response.body();
		}
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
			return in.readNBytes(BoundedBody.MAX_BYTES);
		}
		catch (IOException ex) {
			return new byte[0];
		}
	}

	/** Close the connection of the request in flight and begin no other. */
	public void abort() {
		synchronized (this.lock) {
			this.aborted = true;
			if (this.inFlight != null) {
				this.inFlight.cancel(true);
			}
		}
	}

	/** End the threads and close the connections. Later calls do nothing. */
	public void close() {
		abort();
		HttpClient ended;
		synchronized (this.lock) {
			ended = this.client;
			this.client = null;
			this.inFlight = null;
		}
		if ((Object) ended instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
		else {
			this.group.interrupt();
		}
		this.threads.shutdown();
	}

}
