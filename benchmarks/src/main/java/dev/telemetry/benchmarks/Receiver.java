package dev.telemetry.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A receiver of OTLP over HTTP on this machine, in a process of its own, so that its work
 * is not counted as the sender's. It counts what it was sent by reading it.
 */
public final class Receiver implements AutoCloseable {

	private static final String READY = "ready ";

	private final Process process;

	private final URI address;

	private Receiver(Process process, URI address) {
		this.process = process;
		this.address = address;
	}

	/** Start one. */
	static Receiver start() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Receiver.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String line = output.readLine();
		if (line == null || !line.startsWith(READY)) {
			process.destroy();
			throw new IOException("the receiver did not start: " + line);
		}
		return new Receiver(process, URI.create("http://127.0.0.1:" + line.substring(READY.length())));
	}

	URI logs() {
		return this.address.resolve("/v1/logs");
	}

	/** Return what came since the last call. */
	Counted count() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.address.resolve("/count")).build();
		String[] counts = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body().split(" ");
		return new Counted(Long.parseLong(counts[0]), Long.parseLong(counts[1]), Long.parseLong(counts[2]));
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/** Run as a process. */
	public static void main(String[] arguments) throws IOException {
		AtomicLong events = new AtomicLong();
		AtomicLong requests = new AtomicLong();
		AtomicLong bytes = new AtomicLong();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newFixedThreadPool(2));
		server.createContext("/v1/logs", (exchange) -> {
			byte[] raw = exchange.getRequestBody().readAllBytes();
			events.addAndGet(LogRecords.count(plain(exchange, raw)));
			requests.incrementAndGet();
			bytes.addAndGet(raw.length);
			answer(exchange, new byte[0]);
		});
		server.createContext("/count",
				(exchange) -> answer(exchange,
						(events.getAndSet(0) + " " + requests.getAndSet(0) + " " + bytes.getAndSet(0))
							.getBytes(StandardCharsets.UTF_8)));
		server.start();
		System.out.println(READY + server.getAddress().getPort());
	}

	private static byte[] plain(HttpExchange exchange, byte[] body) throws IOException {
		if (!"gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
			return body;
		}
		try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
			return in.readAllBytes();
		}
	}

	private static void answer(HttpExchange exchange, byte[] body) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
		exchange.sendResponseHeaders(200, (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	/**
	 * What was received.
	 *
	 * @param events how many log records
	 * @param requests in how many requests
	 * @param bytes of how many bytes in all, as they were sent
	 */
	record Counted(long events, long requests, long bytes) {

	}

	/** Counts the records in an {@code ExportLogsServiceRequest}. */
	private static final class LogRecords {

		/** Of resource logs, of the scope logs in them, and of the records in those. */
		private static final int[] FIELDS = { 1, 2, 2 };

		private final byte[] bytes;

		private int at;

		private LogRecords(byte[] bytes) {
			this.bytes = bytes;
		}

		static long count(byte[] request) {
			return new LogRecords(request).count(0, request.length);
		}

		private long count(int depth, int end) {
			long found = 0;
			while (this.at < end) {
				long tag = number();
				boolean wanted = tag == ((long) FIELDS[depth] << 3 | 2);
				if (wanted && depth == FIELDS.length - 1) {
					found++;
				}
				if (wanted && depth < FIELDS.length - 1) {
					int length = (int) number();
					found += count(depth + 1, this.at + length);
				}
				else {
					skip((int) (tag & 7));
				}
			}
			return found;
		}

		private void skip(int type) {
			switch (type) {
				case 0 -> number();
				case 1 -> this.at += 8;
				case 2 -> {
					int length = (int) number();
					this.at += length;
				}
				case 5 -> this.at += 4;
				default -> throw new IllegalArgumentException("no type of protobuf: " + type);
			}
		}

		private long number() {
			long value = 0;
			for (int shift = 0;; shift += 7) {
				byte next = this.bytes[this.at++];
				value |= (long) (next & 0x7f) << shift;
				if (next >= 0) {
					return value;
				}
			}
		}

	}

}
