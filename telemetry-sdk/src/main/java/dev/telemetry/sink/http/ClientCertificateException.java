package dev.telemetry.sink.http;

import java.io.IOException;

/**
 * A connection ended although TLS had begun, after the other side had asked for a
 * certificate of ours: it got none, or does not accept the one it got.
 */
final class ClientCertificateException extends IOException {

	private static final long serialVersionUID = 1L;

	ClientCertificateException(IOException cause) {
		super(cause);
	}

}
