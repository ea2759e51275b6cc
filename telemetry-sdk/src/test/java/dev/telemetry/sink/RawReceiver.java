package dev.telemetry.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server for tests that does with each connection what it is told, byte by byte, and
 * keeps none of them open.
 */
public final class RawReceiver implements AutoCloseable {

	private final ServerSocket server;

	private final Script script;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "raw-receiver");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicLong received = new AtomicLong();

	/**
	 * Start a server on a free port of the loopback interface.
	 * @param script what it does
	 */
	public RawReceiver(Script script) {
		this(script, plain());
	}

	/**
	 * Use a server of another kind.
	 * @param script what it does
	 * @param server accepts connections on the loopback interface
	 */
	public RawReceiver(Script script, ServerSocket server) {
		this.script = script;
		this.server = server;
		this.threads.execute(this::accept);
	}

	private static ServerSocket plain() {
		try {
			return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.open.add(socket);
				this.connections.incrementAndGet();
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				// the test has ended
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			this.script.serve(new Connection(socket, this.received));
		}
		catch (IOException ex) {
			// the client has gone
		}
		finally {
			this.open.remove(socket);
		}
	}

	public URI uri(String scheme) {
		return URI.create(scheme + "://127.0.0.1:" + this.server.getLocalPort() + "/v1/logs");
	}

	public int connections() {
		return this.connections.get();
	}

	/**
	 * Return how many connections are open on this side.
	 * @return the number
	 */
	public int open() {
		return this.open.size();
	}

	/**
	 * Return how many bytes have come.
	 * @return the bytes of all connections
	 */
	public long received() {
		return this.received.get();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.open) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

	/** What is done with a connection. */
	@FunctionalInterface
	public interface Script {

		void serve(Connection connection) throws IOException;

	}

	/**
	 * A connection on the side of the server.
	 *
	 * @param socket the connection
	 * @param received counts what comes
	 */
	public record Connection(Socket socket, AtomicLong received) {

		private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

		/**
		 * Wait for the end of a request's head and body, as far as it states its length.
		 */
		public void request() throws IOException {
			StringBuilder head = new StringBuilder();
			InputStream in = this.socket.getInputStream();
			while (head.indexOf("\r\n\r\n") < 0) {
				int next = in.read();
				if (next < 0) {
					return;
				}
				this.received.incrementAndGet();
				head.append((char) next);
			}
			Matcher length = LENGTH.matcher(head);
			this.received.addAndGet(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0).length);
		}

		/** Read whatever comes until the other side ends. */
		public void drain() throws IOException {
			byte[] block = new byte[8192];
			InputStream in = this.socket.getInputStream();
			for (int read = in.read(block); read >= 0; read = in.read(block)) {
				this.received.addAndGet(read);
			}
		}

		public Connection say(String text) throws IOException {
			return say(text.getBytes(StandardCharsets.ISO_8859_1));
		}

		public Connection say(byte[] bytes) throws IOException {
			OutputStream out = this.socket.getOutputStream();
			out.write(bytes);
			out.flush();
			return this;
		}

	}

}
