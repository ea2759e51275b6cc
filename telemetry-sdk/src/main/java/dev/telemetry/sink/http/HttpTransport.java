package dev.telemetry.sink.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.ResponseReader.Response;
import dev.telemetry.sink.http.StepTimeoutException.Step;
import org.jspecify.annotations.Nullable;

/**
 * Posts bodies over HTTP/1.1: no redirects, no proxy, no cookies, one time limit from
 * looking up the name to the last byte of the answer. One connection stays open between
 * requests; one on which anything failed is closed at once. Nothing is tried again, but
 * for a request on a connection that had been closed while it was idle.
 */
public final class HttpTransport {

	/*
	 * The lane's sending thread posts and closes; any thread may abort. Looking up,
	 * connecting, writing and reading block, so "thread" does them and the caller waits
	 * for it with a limit. Closing the socket ends each of them but the first, for which
	 * no thread waits any longer.
	 *
	 * "lock" guards the exchange in flight and its connection, the idle connection, and
	 * the fact that there must be no more: a socket is made known under the lock before
	 * it connects, so either abort() finds it or the exchange finds "aborted".
	 */

	/** Less than the time that destinations and proxies keep a connection open. */
	private static final Duration MAX_IDLE = Duration.ofSeconds(30);

	/** Then the name is looked up again: it may mean another host. */
	private static final Duration MAX_AGE = Duration.ofMinutes(5);

	private static final String THREAD = "telemetry-http";

	private final HttpSettings settings;

	private final Connector connector;

	private final LongSupplier nanoTime;

	private final ThreadPoolExecutor thread;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private @Nullable HttpExchange inFlight;

	@GuardedBy("lock")
	private @Nullable Idle idle;

	@GuardedBy("lock")
	private boolean aborted;

	/**
	 * Create a transport, which connects at the first request and has a thread from then
	 * on until it is closed.
	 * @param settings where and how to send
	 * @param tls whom to trust and what to show, asked before each request
	 */
	public HttpTransport(HttpSettings settings, TlsSource tls) {
		this(settings, new Connector(settings, tls, InetAddress::getAllByName), System::nanoTime,
				HttpTransport::newThread);
	}

	HttpTransport(HttpSettings settings, Connector connector, LongSupplier nanoTime, ThreadFactory threads) {
		this.settings = settings;
		this.connector = connector;
		this.nanoTime = nanoTime;
		this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(null, task, THREAD, 0, false);
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
			byte @Nullable [] wire = WireBody.of(body, this.settings.gzip());
			return (wire != null) ? post(body, wire) : HttpAnswer.TOO_LARGE;
		}
		catch (IOException ex) {
			return HttpAnswer.failed(ex);
		}
	}

	private HttpAnswer post(HttpBody body, byte[] wire) throws IOException {
		RequestNote note = RequestNote.of(this.settings, body, wire,
				(destination) -> HttpRequest.describe(this.settings, body, destination));
		HttpAnswer answer = post(HttpRequest.encode(this.settings, body.fields(), wire), note);
		note.ended(answer);
		return answer;
	}

	/** A stray interrupt from before is saved for later; one meanwhile ends the wait. */
	private HttpAnswer post(byte[] request, RequestNote note) {
		boolean interrupted = Thread.interrupted();
		HttpExchange exchange = new HttpExchange(request);
		try {
			begin(exchange, note);
			return exchange.answer().get(this.settings.exportTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			return HttpAnswer.failed((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException ex) {
			return HttpAnswer.failed(new StepTimeoutException(exchange.step()));
		}
		catch (InterruptedException ex) {
			// Not the end of the thread: its loop clears the flag and tries again
			interrupted = true;
			return HttpAnswer.failed(ex);
		}
		catch (CancellationException | OutOfMemoryError ex) {
			// The latter when the system provides no thread
			return HttpAnswer.failed(ex);
		}
		finally {
			end(exchange);
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** After an abort nothing begins, so nothing is remembered after a reset either. */
	private void begin(HttpExchange exchange, RequestNote note) {
		synchronized (this.lock) {
			if (this.aborted) {
				throw new CancellationException();
			}
			this.inFlight = exchange;
			note.begin();
		}
		this.thread.execute(() -> perform(exchange));
	}

	/** Cancels what has not come to an end. */
	private void end(HttpExchange exchange) {
		exchange.cancel();
		synchronized (this.lock) {
			if (this.inFlight == exchange) {
				this.inFlight = null;
			}
		}
	}

	/**
	 * Close the connection, also under a request in flight, and begin no other. No byte
	 * leaves this machine any more once this has returned.
	 */
	public void abort() {
		synchronized (this.lock) {
			this.aborted = true;
			if (this.inFlight != null) {
				this.inFlight.cancel();
			}
			if (this.idle != null) {
				this.idle.connection().end();
				this.idle = null;
			}
		}
	}

	/** End the thread and close the connection. Later calls do nothing. */
	public void close() {
		abort();
		this.thread.shutdownNow();
	}

	private void perform(HttpExchange exchange) {
		try {
			exchange.answer().complete(HttpAnswer.of(answer(exchange)));
		}
		catch (Throwable ex) {
			exchange.answer().completeExceptionally(ex);
		}
	}

	private Response answer(HttpExchange exchange) throws IOException, TelemetryException {
		exchange.lookUp();
		@Nullable Tls tls = this.connector.tls();
		@Nullable Idle idle = takeIdle();
		if (idle != null) {
			exchange.use(Step.ANSWER, idle.connection());
			if (Objects.equals(idle.tls(), tls) && serves(idle)) {
				try {
					return answer(exchange, idle);
				}
				catch (UnansweredException ex) {
					// It was closed while it was idle, so the request reached no server
				}
			}
			idle.connection().end();
			exchange.lookUp();
		}
		HttpConnection connection = this.connector.connect(tls, exchange::use);
		long now = this.nanoTime.getAsLong();
		try {
			return answer(exchange, new Idle(connection, tls, now, now));
		}
		catch (UnansweredException ex) {
			throw this.connector.unanswered(ex);
		}
	}

	private Response answer(HttpExchange exchange, Idle use) throws IOException {
		boolean open = false;
		try {
			Response response = use.connection().exchange(exchange.request());
			open = response.reusable();
			return response;
		}
		finally {
			exchange.release();
			release(use, open);
		}
	}

	private @Nullable Idle takeIdle() {
		synchronized (this.lock) {
			@Nullable Idle taken = this.idle;
			this.idle = null;
			return taken;
		}
	}

	private boolean serves(Idle idle) {
		long now = this.nanoTime.getAsLong();
		return now - idle.usedNanos() <= MAX_IDLE.toNanos() && now - idle.connectedNanos() <= MAX_AGE.toNanos()
				&& idle.connection().isSilent();
	}

	private void release(Idle used, boolean open) {
		synchronized (this.lock) {
			if (open && !this.aborted) {
				this.idle = new Idle(used.connection(), used.tls(), used.connectedNanos(), this.nanoTime.getAsLong());
			}
			else {
				used.connection().end();
			}
		}
	}

	/**
	 * A connection that waits for the next request.
	 *
	 * @param connection the connection
	 * @param tls with what it was made
	 * @param connectedNanos since when it is there
	 * @param usedNanos since when it is idle
	 */
	private record Idle(HttpConnection connection, @Nullable Tls tls, long connectedNanos, long usedNanos) {

	}

}
