package dev.telemetry.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Receives what is sent over HTTP, and answers as it is told. */
final class Receiver implements AutoCloseable {

	/** No other identifier of an event has dashes. */
	private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile Function<Request, Reply> replies = (request) -> new Reply(200, "", "");

	Receiver() throws IOException {
		this(0);
	}

	Receiver(int port) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/** A port at which nobody listens now. */
	static int freePort() throws IOException {
		try (Receiver receiver = new Receiver()) {
			return receiver.port();
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Request request = new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
					exchange.getRequestBody().readAllBytes());
			this.requests.add(request);
			Reply reply = this.replies.apply(request);
			if (!reply.header().isEmpty()) {
				exchange.getResponseHeaders().add(reply.header(), reply.value());
			}
			exchange.sendResponseHeaders(reply.status(), -1);
		}
	}

	/** Decide how requests are answered. */
	void reply(Function<Request, Reply> replies) {
		this.replies = replies;
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	String address() {
		return "http://localhost:" + port();
	}

	List<Request> requests() {
		return this.requests;
	}

	/** The identifiers of all events that came, in their order. */
	List<String> ids() {
		return this.requests.stream().flatMap((request) -> request.ids().stream()).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	record Request(String path, Headers headers, byte[] wire) {

		/** The body after decompression, byte by byte. */
		String body() {
			try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(this.wire))) {
				return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		List<String> ids() {
			return ID.matcher(body()).results().map(MatchResult::group).toList();
		}

	}

	record Reply(int status, String header, String value) {
	}

}
