package dev.telemetry.sink.otlp;

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

import javax.net.ssl.SSLContext;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Posts bodies over HTTP/1.1: no redirects, no proxy, no cookies, one time limit from
 * connecting to the last byte of the answer.
 */
final class OtlpTransport {

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

	private final OtlpSettings settings;

	private final ThreadGroup group = new ThreadGroup("telemetry-otlp-http");

	private final ExecutorService threads = Executors.newCachedThreadPool(this::newThread);

	private final Object lock = new Object();

	@GuardedBy("lock")
	private @Nullable HttpClient client;

	@GuardedBy("lock")
	private @Nullable CompletableFuture<HttpResponse<byte[]>> inFlight;

	@GuardedBy("lock")
	private boolean aborted;

	OtlpTransport(OtlpSettings settings) {
		this(settings, null);
	}

	OtlpTransport(OtlpSettings settings, @Nullable SSLContext tls) {
		this.settings = settings;
		this.client = CompletableFuture.supplyAsync(() -> newClient(settings, tls), this.threads).join();
	}

	private HttpClient newClient(OtlpSettings settings, @Nullable SSLContext tls) {
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
		Thread thread = new Thread(this.group, task, "telemetry-otlp-http", 0, false);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Post a body and wait for the answer. Never throws.
	 * @param body the body as it goes over the wire
	 * @return the answer or the failure
	 */
	OtlpAnswer post(byte[] body) {
		CompletableFuture<HttpResponse<byte[]>> exchange;
		synchronized (this.lock) {
			HttpClient client = this.client;
			if (this.aborted || client == null) {
				return OtlpAnswer.failed(new CancellationException());
			}
			exchange = client.sendAsync(request(body), (head) -> new BoundedBody());
			this.inFlight = exchange;
		}
		try {
			return answer(exchange.get(this.settings.exportTimeout().toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (ExecutionException ex) {
			return OtlpAnswer.failed((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException | CancellationException ex) {
			exchange.cancel(true);
			return OtlpAnswer.failed(ex);
		}
		catch (InterruptedException ex) {
			// Not the end of the thread: its loop clears the flag and tries again
			exchange.cancel(true);
			Thread.currentThread().interrupt();
			return OtlpAnswer.failed(ex);
		}
	}

	private HttpRequest request(byte[] body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.settings.endpoint())
			.POST(HttpRequest.BodyPublishers.ofByteArray(body));
		this.settings.headers().forEach(request::setHeader);
		request.setHeader("Content-Type", "application/x-protobuf");
		request.setHeader("User-Agent", USER_AGENT);
		if (this.settings.gzip()) {
			request.setHeader("Content-Encoding", "gzip");
		}
		return request.build();
	}

	private static OtlpAnswer answer(HttpResponse<byte[]> response) {
		return OtlpAnswer.of(response.statusCode(), response.headers().firstValue("Retry-After").orElse(null),
				response.headers().firstValue("Date").orElse(null), response.body());
	}

	/** Close the connection of the request in flight and begin no other. */
	void abort() {
		synchronized (this.lock) {
			this.aborted = true;
			if (this.inFlight != null) {
				this.inFlight.cancel(true);
			}
		}
	}

	/** End the threads and close the connections. Later calls do nothing. */
	void close() {
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
