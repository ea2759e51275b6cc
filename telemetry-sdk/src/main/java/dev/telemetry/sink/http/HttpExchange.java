package dev.telemetry.sink.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.sink.http.StepTimeoutException.Step;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. One thread brings it forward, another waits for its answer, any
 * thread may cancel it.
 */
final class HttpExchange {

	private final byte[] request;

	private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();

	private volatile Step step = Step.LOOKUP;

	@GuardedBy("this")
	private @Nullable HttpConnection connection;

	@GuardedBy("this")
	private boolean cancelled;

	HttpExchange(byte[] request) {
		this.request = request;
	}

	byte[] request() {
		return this.request;
	}

	CompletableFuture<HttpAnswer> answer() {
		return this.answer;
	}

	/** Return what it is waiting for. */
	Step step() {
		return this.step;
	}

	/**
	 * Go on without a connection.
	 * @throws CancellationException if this was cancelled
	 */
	synchronized void lookUp() {
		if (this.cancelled) {
			throw new CancellationException();
		}
		this.step = Step.LOOKUP;
	}

	/**
	 * Go on with a connection, which is ended when this is cancelled.
	 * @param step what comes next
	 * @param connection the connection
	 * @throws CancellationException if this was cancelled; the connection is ended then
	 */
	synchronized void use(Step step, HttpConnection connection) {
		if (this.cancelled) {
			connection.end();
			throw new CancellationException();
		}
		this.step = step;
		this.connection = connection;
	}

	/** Let go of the connection: cancelling does not end it any more. */
	synchronized void release() {
		this.connection = null;
	}

	/** End the connection, if there is one, and the wait for the answer. */
	synchronized void cancel() {
		this.cancelled = true;
		this.answer.cancel(false);
		if (this.connection != null) {
			this.connection.end();
		}
	}

}
