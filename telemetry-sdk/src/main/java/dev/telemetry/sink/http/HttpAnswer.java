package dev.telemetry.sink.http;

import dev.telemetry.sink.http.ResponseReader.Response;
import dev.telemetry.sink.http.StepTimeoutException.Step;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request: a status, or a failure before there was one.
 */
public final class HttpAnswer {

	/** The body would exceed what a request may hold; nothing was sent. */
	public static final HttpAnswer TOO_LARGE = new HttpAnswer(0, null, null, ResponseBody.NONE, null);

	private final int status;

	private final @Nullable String retryAfter;

	private final @Nullable String date;

	private final ResponseBody body;

	private final @Nullable Throwable failure;

	private HttpAnswer(int status, @Nullable String retryAfter, @Nullable String date, ResponseBody body,
			@Nullable Throwable failure) {
		this.status = status;
		this.retryAfter = retryAfter;
		this.date = date;
		this.body = body;
		this.failure = failure;
	}

	static HttpAnswer of(Response response) {
		ResponseHead head = response.head();
		return new HttpAnswer(head.status(), head.first("retry-after"), head.first("date"), ResponseBody.of(response),
				null);
	}

	/**
	 * There was no answer.
	 * @param failure why
	 * @return what came of the request
	 */
	public static HttpAnswer failed(Throwable failure) {
		return new HttpAnswer(0, null, null, ResponseBody.NONE, failure);
	}

	/**
	 * There was no answer in time.
	 * @param connected whether there was a connection at least
	 * @return what came of the request
	 */
	public static HttpAnswer timedOut(boolean connected) {
		return failed(new StepTimeoutException(connected ? Step.ANSWER : Step.CONNECT));
	}

	/**
	 * Something else answered than what speaks the protocol.
	 * @param failure what was found
	 * @return what came of the request
	 */
	public static HttpAnswer foreign(Throwable failure) {
		NotHttpException foreign = new NotHttpException("it does not speak the protocol");
		foreign.initCause(failure);
		return failed(foreign);
	}

	/**
	 * Return the status.
	 * @return 0 if there was no answer
	 */
	public int status() {
		return this.status;
	}

	/** Return the header field {@code Retry-After} as it came. */
	@Nullable String retryAfter() {
		return this.retryAfter;
	}

	/** Return the header field {@code Date} as it came. */
	@Nullable String date() {
		return this.date;
	}

	/**
	 * Return the beginning of the body, after decompression.
	 * @return at most 64 KiB
	 */
	public byte[] body() {
		return this.body.bytes();
	}

	/**
	 * Return what the body says it is.
	 * @return the media type in lower case and without parameters, or {@code null}
	 */
	public @Nullable String mediaType() {
		return this.body.mediaType();
	}

	/** Return whether there is a body that could not be decompressed. */
	boolean isUnreadable() {
		return !this.body.readable();
	}

	/** Return whether it is a page for people, as proxies and login pages are. */
	boolean isWebPage() {
		return this.body.isWebPage();
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
