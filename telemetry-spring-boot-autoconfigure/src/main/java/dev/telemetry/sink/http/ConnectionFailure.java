package dev.telemetry.sink.http;

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

import dev.telemetry.sink.TelemetryException.Reaction;
import org.jspecify.annotations.Nullable;

/** Why there was no answer. */
enum ConnectionFailure {

	NAME("the name of %s cannot be resolved", Reaction.RETRY),

	REFUSED("no connection to %s: refused", Reaction.RETRY),

	CONNECT_TIMEOUT("no connection to %s in time", Reaction.RETRY),

	TIMEOUT("no answer from %s in time", Reaction.RETRY),

	NOT_TRUSTED("the certificate of %s is not trusted; add its authority to the trust store", Reaction.HOLD),

	TLS("no TLS session with %s; check whether it expects a client certificate or another version", Reaction.HOLD),

	NO_TLS("%s does not speak TLS; check the scheme of '%s'", Reaction.HOLD),

	ABORTED("sending to %s was aborted", Reaction.RETRY),

	BROKEN("the connection to %s broke", Reaction.RETRY);

	private final String text;

	private final Reaction reaction;

	ConnectionFailure(String text, Reaction reaction) {
		this.text = text;
		this.reaction = reaction;
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

	Reaction reaction() {
		return this.reaction;
	}

	String describe(HttpSettings settings) {
		return String.format(this.text, settings.hostAndPort(), settings.property());
	}

}
