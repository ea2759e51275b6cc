package dev.telemetry.sink.otlp;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;

/** Why there was no answer. */
enum ConnectionFailure {

	NAME("the name of %s cannot be resolved", false),

	REFUSED("no connection to %s: refused", false),

	CONNECT_TIMEOUT("no connection to %s in time", false),

	TIMEOUT("no answer from %s in time", false),

	NOT_TRUSTED("the certificate of %s is not trusted; add its authority to the trust store", true),

	TLS("no TLS session with %s; check whether it expects a client certificate or another version", true),

	NO_TLS("%s does not speak TLS; check the scheme of 'telemetry.endpoint'", true),

	ABORTED("sending to %s was aborted", false),

	BROKEN("the connection to %s broke", false);

	private final String text;

	private final boolean misconfiguration;

	ConnectionFailure(String text, boolean misconfiguration) {
		this.text = text;
		this.misconfiguration = misconfiguration;
	}

	static ConnectionFailure of(Throwable failure) {
		if (isCausedBy(failure, UnresolvedAddressException.class) || isCausedBy(failure, UnknownHostException.class)) {
			return NAME;
		}
		if (isCausedBy(failure, SSLException.class)) {
			return tls(failure);
		}
		if (isCausedBy(failure, HttpConnectTimeoutException.class)) {
			return CONNECT_TIMEOUT;
		}
		if (isCausedBy(failure, ConnectException.class)) {
			return REFUSED;
		}
		if (isCausedBy(failure, HttpTimeoutException.class) || isCausedBy(failure, TimeoutException.class)) {
			return TIMEOUT;
		}
		return isCausedBy(failure, CancellationException.class) ? ABORTED : BROKEN;
	}

	private static ConnectionFailure tls(Throwable failure) {
		if (isCausedBy(failure, CertificateException.class)) {
			return NOT_TRUSTED;
		}
		return isCausedBy(failure, SSLHandshakeException.class) ? TLS : NO_TLS;
	}

	private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		@Nullable Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 10; depth++) {
			if (type.isInstance(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	/** Return whether waiting alone will not help. */
	boolean isMisconfiguration() {
		return this.misconfiguration;
	}

	String describe(OtlpSettings settings) {
		return String.format(this.text, settings.hostAndPort());
	}

}
