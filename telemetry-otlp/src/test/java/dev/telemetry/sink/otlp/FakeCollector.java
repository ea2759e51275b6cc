package dev.telemetry.sink.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * An OTLP receiver for tests: remembers every request and answers as it is told.
 */
public final class FakeCollector implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

	private volatile Function<Request, Reply> replies = (request) -> Reply.status(200);

	/**
	 * Start a receiver on a free port of the loopback interface.
	 */
	public FakeCollector() {
		this(plain());
	}

	/**
	 * Use a server that is not started yet.
	 * @param server the server
	 */
	public FakeCollector(HttpServer server) {
		this.server = server;
		server.setExecutor(this.threads);
		server.createContext("/", this::handle);
		server.start();
	}

	private static HttpServer plain() {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
			this.requests.add(request);
			Reply reply = this.replies.apply(request);
			reply.headers().forEach(exchange.getResponseHeaders()::add);
			exchange.sendResponseHeaders(reply.status(), (reply.body().length > 0) ? reply.body().length : -1);
			exchange.getResponseBody().write(reply.body());
		}
	}

	/**
	 * Decide how requests are answered.
	 * @param replies gives the answer to each request
	 */
	public void reply(Function<Request, Reply> replies) {
		this.replies = replies;
	}

	public URI uri(String path) {
		String scheme = (this.server instanceof com.sun.net.httpserver.HttpsServer) ? "https" : "http";
		return URI.create(scheme + "://localhost:" + this.server.getAddress().getPort() + path);
	}

	public List<Request> requests() {
		synchronized (this.requests) {
			return List.copyOf(this.requests);
		}
	}

	public List<LogRecord> logRecords() {
		return requests().stream()
			.flatMap((request) -> request.logs().getResourceLogsList().stream())
			.map(ResourceLogs::getScopeLogsList)
			.flatMap(List::stream)
			.flatMap((scope) -> scope.getLogRecordsList().stream())
			.toList();
	}

	public List<Span> spans() {
		return requests().stream()
			.flatMap((request) -> request.traces().getResourceSpansList().stream())
			.map(ResourceSpans::getScopeSpansList)
			.flatMap(List::stream)
			.flatMap((scope) -> scope.getSpansList().stream())
			.toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * What was received.
	 *
	 * @param method the method
	 * @param path the path with the query
	 * @param headers the header fields
	 * @param wire the body as it came
	 */
	public record Request(String method, String path, Headers headers, byte[] wire) {

		/**
		 * Return the body after decompression.
		 * @return the body
		 */
		public byte[] body() {
			if (!"gzip".equals(this.headers.getFirst("Content-Encoding"))) {
				return this.wire;
			}
			try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(this.wire))) {
				return in.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		public ExportLogsServiceRequest logs() {
			try {
				return ExportLogsServiceRequest.parseFrom(body());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		public ExportTraceServiceRequest traces() {
			try {
				return ExportTraceServiceRequest.parseFrom(body());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * What is answered.
	 *
	 * @param status the status
	 * @param headers header fields
	 * @param body the body
	 */
	public record Reply(int status, Map<String, String> headers, byte[] body) {

		public static Reply status(int status) {
			return new Reply(status, Map.of(), new byte[0]);
		}

		public Reply header(String name, String value) {
			return new Reply(this.status, Map.of(name, value), this.body);
		}

		public Reply body(byte[] body) {
			return new Reply(this.status, this.headers, body);
		}

	}

}
