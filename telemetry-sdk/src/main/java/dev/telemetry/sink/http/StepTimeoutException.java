package dev.telemetry.sink.http;

import java.io.IOException;

/** One step of a request took too long. */
final class StepTimeoutException extends IOException {

	private static final long serialVersionUID = 1L;

	private final Step step;

	StepTimeoutException(Step step) {
		this.step = step;
	}

	Step step() {
		return this.step;
	}

	/** What a request consists of. */
	enum Step {

		/** Its turn has not come, or the address is not known yet. */
		LOOKUP,

		/** There is no connection yet. */
		CONNECT,

		/** There is a connection, but no TLS on it yet. */
		HANDSHAKE,

		/** There is a connection, but no answer yet. */
		ANSWER

	}

}
