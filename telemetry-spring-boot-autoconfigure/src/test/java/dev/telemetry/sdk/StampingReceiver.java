package dev.telemetry.sdk;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;

/**
 * An OTLP receiver on a raw socket. The moment the first byte of a request is there it
 * takes a number from a counter that the test counts with as well, so that what happened
 * first needs no clock. A request that was cut off counts as one.
 */
final class StampingReceiver implements AutoCloseable {

	private static final byte[] ACCEPTED = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private final AtomicLong numbers;

	private final ServerSocket server;

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

	private final AtomicLong begun = new AtomicLong();

	StampingReceiver(AtomicLong numbers) {
		this.numbers = numbers;
		try {
			this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "stamping-receiver");
		thread.setDaemon(true);
		thread.start();
	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getLocalPort() + "/v1/logs");
	}

	/** How many requests have begun so far. */
	long begun() {
		return this.begun.get();
	}

	List<Request> requests() {
		return List.copyOf(this.requests);
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.server.accept();
				this.connections.add(connection);
				start(() -> receive(connection));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void receive(Socket connection) {
		try (connection) {
			InputStream in = new BufferedInputStream(connection.getInputStream());
			int first = in.read();
			while (first != -1) {
				Request request = new Request(this.numbers.incrementAndGet());
				this.requests.add(request);
				this.begun.incrementAndGet();
				request.body = body(in);
				connection.getOutputStream().write(ACCEPTED);
				first = in.read();
			}
		}
		catch (IOException ex) {
			// Cut off by the sender, or the end of the test
		}
	}

	private static byte[] body(InputStream in) throws IOException {
		int length = 0;
		boolean gzip = false;
		String line = line(in);
		while (!line.isEmpty()) {
			if (line.startsWith("content-length:")) {
				length = Integer.parseInt(line.substring("content-length:".length()).trim());
			}
			gzip |= line.startsWith("content-encoding:") && line.endsWith("gzip");
			line = line(in);
		}
		byte[] wire = in.readNBytes(length);
		if (!gzip) {
			return wire;
		}
		try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(wire))) {
			return unzipped.readAllBytes();
		}
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = in.read();
		while (next != '\n') {
			if (next == -1) {
				throw new IOException("cut off");
			}
			line.write(next);
			next = in.read();
		}
		return line.toString(StandardCharsets.US_ASCII).trim().toLowerCase(Locale.ROOT);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	/** What was received. */
	static final class Request {

		private final long number;

		private final long nanoTime = System.nanoTime();

		private volatile byte[] body = new byte[0];

		Request(long number) {
			this.number = number;
		}

		/** The number of the moment its first byte was there. */
		long number() {
			return this.number;
		}

		/** The same moment on the monotonic clock of this process. */
		long nanoTime() {
			return this.nanoTime;
		}

		/** The sessions its events were recorded in. */
		Set<String> sessions() {
			try {
				return ExportLogsServiceRequest.parseFrom(this.body)
					.getResourceLogsList()
					.stream()
					.flatMap((logs) -> logs.getResource().getAttributesList().stream())
					.filter((attribute) -> attribute.getKey().equals("session.id"))
					.map((attribute) -> attribute.getValue().getStringValue())
					.collect(Collectors.toSet());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
