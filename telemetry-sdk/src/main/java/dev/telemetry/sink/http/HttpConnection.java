package dev.telemetry.sink.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Objects;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import dev.telemetry.sink.http.ResponseReader.Response;
import org.jspecify.annotations.Nullable;

/**
 * One connection over TCP, or over TLS on it. One thread uses it; any thread may end it,
 * at any moment.
 */
final class HttpConnection {

	/*
	 * TLS is layered over "socket" and never closed itself: closing "socket" frees all
	 * there is, at once and without another byte.
	 */

	private final Socket socket = new Socket(Proxy.NO_PROXY);

	private @Nullable InputStream in;

	private @Nullable OutputStream out;

	/**
	 * Connect over TCP.
	 * @param address where to
	 * @param timeoutMillis the longest that may take, not 0
	 * @throws IOException if there is no connection, or it was ended meanwhile
	 */
	void connect(InetSocketAddress address, int timeoutMillis) throws IOException {
		// A request is one write: it must not wait for the acknowledgement of another
		this.socket.setTcpNoDelay(true);
		this.socket.connect(address, timeoutMillis);
		use(this.socket);
	}

	/**
	 * Begin TLS and check who answers.
	 * @param factory makes sessions with what was configured
	 * @param host whose certificate it has to be
	 * @throws IOException if it is another host, or there is no session
	 */
	void secure(SSLSocketFactory factory, String host) throws IOException {
		SSLSocket secure = (SSLSocket) factory.createSocket(this.socket, host, this.socket.getPort(), true);
		SSLParameters parameters = secure.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secure.setSSLParameters(parameters);
		secure.startHandshake();
		use(secure);
	}

	private void use(Socket socket) throws IOException {
		this.in = new BufferedInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
	}

	/**
	 * Send a request and read the answer.
	 * @param request the whole request
	 * @return the answer
	 * @throws NotHttpException if what was answered is not HTTP
	 * @throws UnansweredException if not one byte was answered
	 * @throws IOException if there is no whole answer
	 */
	Response exchange(byte[] request) throws IOException {
		@Nullable IOException unsent = send(request);
		ResponseReader reader = new ResponseReader(Objects.requireNonNull(this.in));
		try {
			Response response = reader.read();
			return (unsent != null) ? response.closed() : response;
		}
		catch (NotHttpException ex) {
			throw ex;
		}
		catch (IOException ex) {
			IOException cause = (unsent != null) ? unsent : ex;
			throw reader.hasBegun() ? cause : new UnansweredException(cause);
		}
	}

	/**
	 * Send what can be sent: who refuses a request may have answered before all of it was
	 * there.
	 */
	private @Nullable IOException send(byte[] request) {
		try {
			Objects.requireNonNull(this.out).write(request);
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
	}

	/** Return whether nothing has come behind the last answer. */
	boolean isSilent() {
		try {
			return Objects.requireNonNull(this.in).available() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * End the connection, whatever it is doing: what has not left this machine yet does
	 * not leave it any more.
	 */
	void end() {
		try (this.socket) {
			this.socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// It has ended already
		}
	}

}
