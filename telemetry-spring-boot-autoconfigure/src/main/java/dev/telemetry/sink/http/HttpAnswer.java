package dev.telemetry.sink.http;

import org.jspecify.annotations.Nullable;

/**
 * What came of one request: a status, or a failure before there was one.
 */
public final class HttpAnswer {

	/** The body would exceed what a request may hold; nothing was sent. */
	public static final HttpAnswer TOO_LARGE = new HttpAnswer(0, null, null, new byte[0], null);

	private final int status;

	private final @Nullable String retryAfter;

	private final @Nullable String date;

	private final byte[] body;

	private final @Nullable Throwable failure;

	private HttpAnswer(int status, @Nullable String retryAfter, @Nullable String date, byte[] body,
			@Nullable Throwable failure) {
		this.status = status;
		this.retryAfter = retryAfter;
		this.date = date;
		this.body = body;
		this.failure = failure;
	}

	static HttpAnswer of(int status, @Nullable String retryAfter, @Nullable String date, byte[] body) {
		return new HttpAnswer(status, retryAfter, date, body, null);
	}

	/**
	 * There was no answer.
	 * @param failure why
	 * @return what came of the request
	 */
	public static HttpAnswer failed(Throwable failure) {
		return new HttpAnswer(0, null, null, new byte[0], failure);
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
		return this.body;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
