package dev.telemetry.sink.otlp;

/**
 * How large a request may be before compression. How far compression takes it shows only
 * when it is tried; what was found is remembered, so that the next batch need not find it
 * again.
 */
final class RequestSize {

	/** A request that came near to the limit and was taken raises it by this share. */
	private static final int SHARE = 64;

	private static final int MIN = 1024;

	private final int max;

	private int limit;

	RequestSize(int max) {
		this.max = max;
		this.limit = max;
	}

	int limit() {
		return this.limit;
	}

	void tooLarge(int length) {
		this.limit = Math.max(MIN, Math.min(this.limit, length / 2));
	}

	void taken(int length) {
		if (length > this.limit / 2) {
			this.limit = Math.min(this.max, this.limit + this.limit / SHARE);
		}
	}

}
