package dev.telemetry.sink.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.StepTimeoutException.Step;
import org.jspecify.annotations.Nullable;

/** Makes connections to one host: to each of its addresses until one accepts. */
final class Connector {

	private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(3);

	private final String host;

	private final int port;

	private final int timeoutMillis;

	private final @Nullable TlsClient tls;

	private final Resolver resolver;

	/**
	 * Create a connector; nothing is looked up.
	 * @param settings where to connect to
	 * @param tls whom to trust and what to show, asked for each new connection
	 * @param resolver looks up the host
	 */
	Connector(HttpSettings settings, TlsSource tls, Resolver resolver) {
		URI endpoint = settings.endpoint();
		this.host = unbracketed(endpoint.getHost());
		this.port = settings.port();
		Duration timeout = settings.exportTimeout();
		this.timeoutMillis = (int) Math.max(1,
				((timeout.compareTo(MAX_CONNECT_TIMEOUT) < 0) ? timeout : MAX_CONNECT_TIMEOUT).toMillis());
		this.tls = settings.isSecure() ? new TlsClient(tls, this.host) : null;
		this.resolver = resolver;
	}

	private static String unbracketed(String host) {
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * Return with what a new connection would be made.
	 * @return the same object as long as that does not change; {@code null} for Java's
	 * own, and without TLS
	 * @throws TelemetryException if it cannot be used
	 */
	@Nullable Tls tls() throws TelemetryException {
		return (this.tls != null) ? this.tls.tls() : null;
	}

	/**
	 * Return what it means that a new connection brought no answer.
	 * @param ex how it ended
	 * @return the reason
	 */
	IOException unanswered(UnansweredException ex) {
		return (this.tls != null) ? this.tls.broken(ex) : ex;
	}

	/**
	 * Connect.
	 * @param tls with what
	 * @param progress learns of each connection before it connects
	 * @return the connection
	 * @throws IOException if there is none
	 */
	HttpConnection connect(@Nullable Tls tls, Progress progress) throws IOException {
		@Nullable IOException refused = null;
		for (InetAddress address : this.resolver.resolve(this.host)) {
			HttpConnection connection = new HttpConnection();
			progress.on(Step.CONNECT, connection);
			try {
				connection.connect(new InetSocketAddress(address, this.port), this.timeoutMillis);
			}
			catch (IOException ex) {
				connection.end();
				refused = (refused != null) ? refused : ex;
				continue;
			}
			if (this.tls != null) {
				progress.on(Step.HANDSHAKE, connection);
				this.tls.secure(connection, tls);
			}
			progress.on(Step.ANSWER, connection);
			return connection;
		}
		throw failure(refused);
	}

	private IOException failure(@Nullable IOException refused) {
		if (refused instanceof SocketTimeoutException) {
			return new StepTimeoutException(Step.CONNECT);
		}
		return (refused != null) ? refused : new UnknownHostException(this.host);
	}

	/** Looks up the addresses of a host. */
	@FunctionalInterface
	interface Resolver {

		InetAddress[] resolve(String host) throws UnknownHostException;

	}

	/** Learns how far a connection is. */
	@FunctionalInterface
	interface Progress {

		void on(Step step, HttpConnection connection);

	}

}
