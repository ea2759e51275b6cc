package dev.telemetry.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A raw listening socket that notes each connection the moment it is there, and then
 * either answers every request with 200 or never says a word.
 */
final class Receiver implements AutoCloseable {

	private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket server;

	private final boolean answers;

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final LinkedBlockingQueue<Socket> arrivals = new LinkedBlockingQueue<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private Receiver(boolean answers, int port) throws IOException {
		this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		this.answers = answers;
		Thread thread = new Thread(this::accept, "receiver");
		thread.setDaemon(true);
		thread.start();
	}

	static Receiver answering() throws IOException {
		return answering(0);
	}

	static Receiver answering(int port) throws IOException {
		return new Receiver(true, port);
	}

	static Receiver hanging() throws IOException {
		return new Receiver(false, 0);
	}

	private void accept() {
		try {
			while (!this.server.isClosed()) {
				Socket socket = this.server.accept();
				this.connections.add(socket);
				this.arrivals.add(socket);
				if (this.answers) {
					answer(socket);
				}
			}
		}
		catch (IOException ex) {
			if (!this.server.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/** Reads one request, whose body has a stated length, and answers it. */
	private void answer(Socket socket) {
		try (socket) {
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				int read = socket.getInputStream().read();
				if (read < 0) {
					return;
				}
				head.append((char) read);
			}
			String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
			int at = lower.indexOf("content-length:") + "content-length:".length();
			int length = Integer.parseInt(lower.substring(at, lower.indexOf("\r\n", at)).trim());
			this.bodies.add(new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1));
			socket.getOutputStream().write(OK);
		}
		catch (IOException ex) {
			// The sender gave up: that is what some tests are about
		}
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.server.getLocalPort() + "/v1/logs";
	}

	/** Return what the answered requests held; a byte is a character. */
	List<String> bodies() {
		return List.copyOf(this.bodies);
	}

	int connections() {
		return this.connections.size();
	}

	/** Wait for a connection that has not been waited for. */
	boolean awaitConnection() throws InterruptedException {
		return this.arrivals.poll(30, TimeUnit.SECONDS) != null;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.connections) {
			socket.close();
		}
	}

}
