package dev.telemetry.sink.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Attributes;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP receiver that speaks gRPC: remembers every request and answers as it is told.
 */
public final class FakeGrpcCollector implements AutoCloseable {

	static final Metadata.Key<byte[]> DETAILS = Metadata.Key.of("grpc-status-details-bin",
			Metadata.BINARY_BYTE_MARSHALLER);

	private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger connections = new AtomicInteger();

	private final Server server;

	private final String scheme;

	private volatile Function<Request, @Nullable Reply> replies = (request) -> Reply.ok(new byte[0]);

	public FakeGrpcCollector() throws IOException {
		this(0, InsecureServerCredentials.create(), "http");
	}

	public FakeGrpcCollector(int port, ServerCredentials credentials, String scheme) throws IOException {
		this.scheme = scheme;
		this.server = Grpc.newServerBuilderForPort(port, credentials)
			.fallbackHandlerRegistry(new EveryMethod())
			.addTransportFilter(new Counting())
			.decompressorRegistry(DecompressorRegistry.emptyInstance().with(new AsItComes(), true))
			.directExecutor()
			.build()
			.start();
	}

	/**
	 * Decide how requests are answered.
	 * @param replies gives the answer to each request, or {@code null} for none
	 */
	public void reply(Function<Request, @Nullable Reply> replies) {
		this.replies = replies;
	}

	/** Return how many connections are open. */
	public int open() {
		return this.open.get();
	}

	/** Return how many connections there were. */
	public int connections() {
		return this.connections.get();
	}

	public int port() {
		return this.server.getPort();
	}

	public URI uri() {
		return URI.create(this.scheme + "://localhost:" + port());
	}

	public List<Request> requests() {
		synchronized (this.requests) {
			return List.copyOf(this.requests);
		}
	}

	List<LogRecord> logRecords() {
		return requests().stream().flatMap(Request::logs).toList();
	}

	List<Span> spans() {
		return requests().stream().flatMap(Request::spans).toList();
	}

	@Override
	public void close() {
		try {
			this.server.shutdownNow().awaitTermination();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Counts connections. */
	private final class Counting extends ServerTransportFilter {

		@Override
		public Attributes transportReady(Attributes attributes) {
			FakeGrpcCollector.this.connections.incrementAndGet();
			FakeGrpcCollector.this.open.incrementAndGet();
			return attributes;
		}

		@Override
		public void transportTerminated(Attributes attributes) {
			FakeGrpcCollector.this.open.decrementAndGet();
		}

	}

	/** Knows every method there could be. */
	private final class EveryMethod extends HandlerRegistry {

		@Override
		public ServerMethodDefinition<byte[], byte[]> lookupMethod(String method, @Nullable String authority) {
			MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor
				.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
				.setType(MethodDescriptor.MethodType.UNARY)
				.setFullMethodName(method)
				.build();
			ServerCallHandler<byte[], byte[]> handler = (call, headers) -> {
				call.request(2);
				return new Receiving(call, headers);
			};
			return ServerMethodDefinition.create(descriptor, handler);
		}

	}

	/** One call. */
	private final class Receiving extends ServerCall.Listener<byte[]> {

		private final ServerCall<byte[], byte[]> call;

		private final Metadata headers;

		Receiving(ServerCall<byte[], byte[]> call, Metadata headers) {
			this.call = call;
			this.headers = headers;
		}

		@Override
		public void onMessage(byte[] message) {
			Request request = new Request(this.call.getMethodDescriptor().getFullMethodName(), this.headers, message);
			FakeGrpcCollector.this.requests.add(request);
			Reply reply = FakeGrpcCollector.this.replies.apply(request);
			if (reply == null) {
				return;
			}
			this.call.sendHeaders(new Metadata());
			if (reply.status().isOk()) {
				this.call.sendMessage(reply.response());
			}
			this.call.close(reply.status(), reply.trailers());
		}

	}

	/** Leaves what is compressed as it is: tests look at the wire. */
	private static final class AsItComes implements Decompressor {

		@Override
		public String getMessageEncoding() {
			return "gzip";
		}

		@Override
		public InputStream decompress(InputStream in) {
			return in;
		}

	}

	/** Messages as they come. */
	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * What was received.
	 *
	 * @param method the full name of the method
	 * @param headers the header fields
	 * @param wire the message as it came
	 */
	public record Request(String method, Metadata headers, byte[] wire) {

		/**
		 * Return the message after decompression.
		 * @return the message
		 */
		public byte[] body() {
			// No message of protobuf begins like this
			boolean gzip = this.wire.length > 1 && this.wire[0] == 0x1f && this.wire[1] == (byte) 0x8b;
			if (!gzip) {
				return this.wire;
			}
			try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(this.wire))) {
				return in.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Nullable String header(String name) {
			return this.headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
		}

		Stream<LogRecord> logs() {
			try {
				return ExportLogsServiceRequest.parseFrom(body())
					.getResourceLogsList()
					.stream()
					.flatMap((resource) -> resource.getScopeLogsList().stream())
					.flatMap((scope) -> scope.getLogRecordsList().stream());
			}
			catch (InvalidProtocolBufferException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		Stream<Span> spans() {
			try {
				return ExportTraceServiceRequest.parseFrom(body())
					.getResourceSpansList()
					.stream()
					.flatMap((resource) -> resource.getScopeSpansList().stream())
					.flatMap((scope) -> scope.getSpansList().stream());
			}
			catch (InvalidProtocolBufferException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * What is answered.
	 *
	 * @param status the status
	 * @param trailers fields beside it
	 * @param response the response, with success
	 */
	public record Reply(Status status, Metadata trailers, byte[] response) {

		public static Reply ok(byte[] response) {
			return new Reply(Status.OK, new Metadata(), response);
		}

		static Reply failed(Status status) {
			return new Reply(status, new Metadata(), new byte[0]);
		}

		Reply details(byte[] details) {
			this.trailers.put(DETAILS, details);
			return this;
		}

	}

}
