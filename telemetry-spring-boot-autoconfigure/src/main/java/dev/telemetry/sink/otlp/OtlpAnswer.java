package dev.telemetry.sink.otlp;

import org.jspecify.annotations.Nullable;

/**
 * What came of one request: a status, or a failure before there was one.
 */
final class OtlpAnswer {

	/** The body would exceed what a request may hold; nothing was sent. */
	static final OtlpAnswer TOO_LARGE = new OtlpAnswer(0, null, null, new byte[0], null);

	private final int status;

	private final @Nullable String retryAfter;

	private final @Nullable String date;

	private final byte[] body;

	private final @Nullable Throwable failure;

	private OtlpAnswer(int status, @Nullable String retryAfter, @Nullable String date, byte[] body,
			@Nullable Throwable failure) {
		this.status = status;
		this.retryAfter = retryAfter;
		this.date = date;
		this.body = body;
		this.failure = failure;
	}

	static OtlpAnswer of(int status, @Nullable String retryAfter, @Nullable String date, byte[] body) {
		return new OtlpAnswer(status, retryAfter, date, body, null);
	}

	static OtlpAnswer failed(Throwable failure) {
		return new OtlpAnswer(0, null, null, new byte[0], failure);
	}

	int status() {
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

	byte[] body() {
		return this.body;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

}
