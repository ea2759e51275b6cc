package dev.telemetry.sink.http;

import java.io.IOException;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TlsFailure;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of TLS with one host. Used by the thread of its transport alone.
 */
final class TlsClient {

	private final TlsSource source;

	private final String host;

	/** The source of {@link #context}. */
	private @Nullable Tls used;

	private ClientKeys keys = new ClientKeys(List.of());

	private @Nullable SSLContext context;

	TlsClient(TlsSource source, String host) {
		this.source = source;
		this.host = host;
	}

	/**
	 * Return with what a new connection would be made.
	 * @return the same object as long as that does not change; {@code null} for Java's
	 * own
	 * @throws TelemetryException if it cannot be used
	 */
	@Nullable Tls tls() throws TelemetryException {
		return this.source.tls();
	}

	/**
	 * Begin TLS on a connection.
	 * @param connection the connection, which is ended if that fails
	 * @param tls with what
	 * @throws ClientCertificateException if the other side misses a certificate of ours
	 * @throws BrokenHandshakeException if the connection ends meanwhile
	 * @throws IOException if there is no session
	 */
	void secure(HttpConnection connection, @Nullable Tls tls) throws IOException {
		boolean secured = false;
		try {
			connection.secure(context(tls).getSocketFactory(), this.host);
			secured = true;
		}
		catch (SocketException ex) {
			throw broken(ex);
		}
		catch (SSLHandshakeException ex) {
			throw refused(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IOException(ex);
		}
		finally {
			if (!secured) {
				connection.end();
			}
		}
	}

	/**
	 * RFC 5246 (7.4.6) lets a server that misses a certificate say no more than
	 * {@code handshake_failure}, as the one of JDK 25 does with TLS 1.2. It asks for one
	 * only after both have agreed on the rest.
	 */
	private IOException refused(SSLHandshakeException ex) {
		return (this.keys.wereAskedFor() && TlsFailure.of(ex) == TlsFailure.HANDSHAKE)
				? new ClientCertificateException(ex) : ex;
	}

	/**
	 * Return why a connection ended during the handshake, or behind it without an answer.
	 * @param ex how it ended
	 * @return the reason, as far as it is known
	 */
	IOException broken(IOException ex) {
		return this.keys.wereAskedFor() ? new ClientCertificateException(ex) : new BrokenHandshakeException(ex);
	}

	/**
	 * Java's own context cannot tell whether a client key was asked for. A new context
	 * begins without sessions.
	 */
	private SSLContext context(@Nullable Tls tls) throws GeneralSecurityException {
		this.keys.forget();
		if (tls == null) {
			return SSLContext.getDefault();
		}
		SSLContext context = this.context;
		if (context == null || !Objects.equals(this.used, tls)) {
			this.keys = new ClientKeys(tls.keyManagers());
			context = SSLContext.getInstance(tls.context().getProtocol(), tls.context().getProvider());
			context.init(new KeyManager[] { this.keys }, tls.trustManagers().toArray(TrustManager[]::new), null);
			this.context = context;
			this.used = tls;
		}
		return context;
	}

}
