package dev.telemetry.sink.http;

import java.io.IOException;

/**
 * A connection ended during the TLS handshake, or behind it before the first byte of an
 * answer: that is when a certificate of ours is refused, with or without a message.
 */
final class BrokenHandshakeException extends IOException {

	private static final long serialVersionUID = 1L;

	BrokenHandshakeException(IOException cause) {
		super(cause);
	}

}
