package dev.telemetry.deletion;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

/**
 * Posts requests for deletion as JSON: {@code machine_id}, {@code request_id} and
 * {@code tool}, and nothing else. Follows no redirect, uses no proxy and keeps no cookie.
 * Any 2xx is the acknowledgement; of the body of an answer nothing is read.
 */
public final class HttpDeletionRequestor implements DeletionRequestor {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int MAX_RETRY_AFTER_DIGITS = 9;

	private final URI url;

	private final Duration timeout;

	private @Nullable Connections connections;

	/**
	 * Create a requestor; nothing is opened or looked up.
	 * @param url where to post: https, or http to this machine
	 */
	public HttpDeletionRequestor(URI url) {
		this(url, TIMEOUT);
	}

	HttpDeletionRequestor(URI url, Duration timeout) {
		this.url = url;
		this.timeout = timeout;
	}

	@Override
	public DeletionAnswer request(DeletionRequest request) {
		try {
			if (LinkLocal.isAnyOf(InetAddress.getAllByName(this.url.getHost()))) {
				return DeletionAnswer.refused(this.url.getHost() + " is an address of this link or of the cloud's own");
			}
			return post(request);
		}
		catch (UnknownHostException ex) {
			return DeletionAnswer.later("the name " + this.url.getHost() + " cannot be resolved", null);
		}
		catch (IOException ex) {
			return DeletionAnswer.later("no answer from " + this.url.getHost() + ": " + ex.getClass().getSimpleName(),
					null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return DeletionAnswer.later("the attempt was interrupted", null);
		}
	}

	private DeletionAnswer post(DeletionRequest request) throws IOException, InterruptedException {
		if (this.connections == null) {
			this.connections = new Connections();
		}
		HttpRequest post = HttpRequest.newBuilder(this.url)
			.timeout(this.timeout)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", request.requestId().toString())
			.header("User-Agent", "telemetry-spring-boot-starter")
			.POST(HttpRequest.BodyPublishers.ofByteArray(DeletionFormat.write(request)))
			.build();
		HttpResponse<?> response = this.connections.client.send(post, HttpResponse.BodyHandlers.ofInputStream());
		if (response.body() instanceof AutoCloseable body) {
			close(body);
		}
		return answer(response);
	}

	private DeletionAnswer answer(HttpResponse<?> response) {
		int status = response.statusCode();
		String said = this.url.getHost() + " answered " + status;
		return switch (status / 100) {
			case 2 -> DeletionAnswer.acknowledged();
			case 3 -> DeletionAnswer.refused(said + ", and redirects are not followed");
			case 4 -> (status == 408 || status == 425 || status == 429)
					? DeletionAnswer.later(said, retryAfter(response)) : DeletionAnswer.refused(said);
			default -> DeletionAnswer.later(said, retryAfter(response));
		};
	}

	/** Only seconds are understood; after a date our own wait is long enough. */
	private static @Nullable Duration retryAfter(HttpResponse<?> response) {
		String text = response.headers().firstValue("Retry-After").orElse("").strip();
		boolean seconds = !text.isEmpty() && text.length() <= MAX_RETRY_AFTER_DIGITS
				&& text.chars().allMatch((c) -> c >= '0' && c <= '9');
		return seconds ? Duration.ofSeconds(Long.parseLong(text)) : null;
	}

	@Override
	public void release() {
		if (this.connections != null) {
			this.connections.end();
			this.connections = null;
		}
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// It is closed all the same
		}
	}

	/**
	 * A client and its threads. They lie in a group of their own because before Java 21 a
	 * client cannot be closed: an interrupt ends its thread, which closes every
	 * connection.
	 */
	private static final class Connections {

		private final ThreadGroup group = new ThreadGroup("telemetry-deletion-http");

		private final ExecutorService threads = Executors.newCachedThreadPool(this::newThread);

		private final HttpClient client = CompletableFuture.supplyAsync(this::newClient, this.threads).join();

		private HttpClient newClient() {
			return HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.proxy(HttpClient.Builder.NO_PROXY)
				.connectTimeout(CONNECT_TIMEOUT)
				.executor(this.threads)
				.build();
		}

		private Thread newThread(Runnable task) {
			Thread thread = new Thread(this.group, task, "telemetry-deletion-http", 0, false);
			thread.setDaemon(true);
			return thread;
		}

		private void end() {
			if ((Object) this.client instanceof AutoCloseable closeable) {
				close(closeable);
			}
			else {
				this.group.interrupt();
			}
			this.threads.shutdown();
		}

	}

}
