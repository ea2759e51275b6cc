package dev.telemetry.sink.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.Tls;
import dev.telemetry.sink.http.WireBody;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method of a gRPC service with an encoded message: no retries, no proxy, no
 * service configuration from elsewhere, one time limit from connecting to the status. Of
 * gRPC it needs the API and any transport, which brings threads of its own; they end
 * about a second after the channel was closed.
 */
final class GrpcTransport {

	/*
	 * The lane's sending thread calls and closes; any thread may abort. "lock" guards the
	 * call in flight and the fact that there must be no more. gRPC's threads only
	 * complete the answer of a call.
	 */

	private static final String USER_AGENT = "telemetry-spring-boot-starter";

	private static final int MAX_ANSWER_BYTES = 64 * 1024;

	private static final Metadata.Key<byte[]> DETAILS = Metadata.Key.of("grpc-status-details-bin",
			Metadata.BINARY_BYTE_MARSHALLER);

	private final HttpSettings settings;

	private final ManagedChannel channel;

	private final Object lock = new Object();

	@GuardedBy("lock")
	private @Nullable PendingAnswer inFlight;

	@GuardedBy("lock")
	private boolean aborted;

	/**
	 * Create a transport, which connects at the first call.
	 * @param settings where and how to send; of the address scheme, host and port count
	 * @param tls whom to trust and what to show, or {@code null} for Java's own
	 * @throws TelemetryException if there is no transport of gRPC, or a header field that
	 * gRPC does not take
	 */
	GrpcTransport(HttpSettings settings, @Nullable Tls tls) throws TelemetryException {
		this.settings = settings;
		try {
			metadata(settings.headers());
			this.channel = channel(settings, tls);
		}
		catch (ManagedChannelRegistry.ProviderNotFoundException ex) {
			throw new TelemetryException(Kind.OTLP, "no transport of gRPC can be used; the OTLP sink needs "
					+ OtlpSinkFactory.GRPC + ((tls != null) ? ", and a usable SSL bundle" : ""), false, ex);
		}
		catch (IllegalArgumentException ex) {
			// Its message may hold a value
			throw new TelemetryException(Kind.OTLP,
					"gRPC does not take one of the header fields; a name must not end in '-bin'", false, null);
		}
	}

	private static ManagedChannel channel(HttpSettings settings, @Nullable Tls tls) {
		URI endpoint = settings.endpoint();
		boolean secure = "https".equalsIgnoreCase(endpoint.getScheme());
		int port = (endpoint.getPort() >= 0) ? endpoint.getPort() : secure ? 443 : 80;
		return Grpc
			.newChannelBuilderForAddress(endpoint.getHost(), port,
					secure ? credentials(tls) : InsecureChannelCredentials.create())
			.proxyDetector((address) -> null)
			.disableRetry()
			.disableServiceConfigLookUp()
			.userAgent(USER_AGENT)
			.compressorRegistry(Compressed.REGISTRY)
			.maxInboundMessageSize(MAX_ANSWER_BYTES)
			.directExecutor()
			.build();
	}

	private static ChannelCredentials credentials(@Nullable Tls tls) {
		if (tls == null) {
			return TlsChannelCredentials.create();
		}
		TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder()
			.trustManager(tls.trustManagers().toArray(TrustManager[]::new));
		if (!tls.keyManagers().isEmpty()) {
			credentials.keyManager(tls.keyManagers().toArray(KeyManager[]::new));
		}
		return credentials.build();
	}

	/** Header fields of one call, which gRPC adds to. */
	private static Metadata metadata(HttpHeaders headers) {
		Metadata metadata = new Metadata();
		headers.forEach((name, value) -> metadata
			.put(Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER), value));
		return metadata;
	}

	/**
	 * Call a method and wait for the answer. Never throws.
	 * @param method the full name of the method
	 * @param body the encoded message
	 * @return the answer or the failure; {@link HttpAnswer#TOO_LARGE} as the failure if
	 * nothing was sent because the message exceeds what a request may hold
	 */
	GrpcAnswer call(String method, HttpBody body) {
		boolean interrupted = Thread.interrupted();
		try {
			byte @Nullable [] wire = WireBody.of(body, this.settings.gzip());
			return (wire != null) ? exchange(method, wire) : GrpcAnswer.unanswered(HttpAnswer.TOO_LARGE);
		}
		catch (IOException ex) {
			return GrpcAnswer.failed(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private GrpcAnswer exchange(String method, byte[] wire) {
		PendingAnswer pending;
		synchronized (this.lock) {
			if (this.aborted) {
				return GrpcAnswer.failed(new CancellationException());
			}
			if (this.channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
				// Else it would fail by what it knows, without trying, until its own
				// backoff ends
				this.channel.enterIdle();
			}
			pending = new PendingAnswer(this.channel.newCall(Bytes.method(method), options()));
			this.inFlight = pending;
			pending.start(metadata(this.settings.headers()), wire);
		}
		return pending.await(this.settings.exportTimeout().toNanos());
	}

	private CallOptions options() {
		return this.settings.gzip() ? CallOptions.DEFAULT.withCompression(Compressed.GZIP.getMessageEncoding())
				: CallOptions.DEFAULT;
	}

	/** Close the connection, also under a call in flight, and begin no other. */
	void abort() {
		synchronized (this.lock) {
			this.aborted = true;
			if (this.inFlight != null) {
				this.inFlight.cancel();
			}
			this.channel.shutdownNow();
		}
	}

	/** A call that has begun. */
	private static final class PendingAnswer extends ClientCall.Listener<byte[]> {

		private final ClientCall<byte[], byte[]> call;

		private final CompletableFuture<GrpcAnswer> answer = new CompletableFuture<>();

		private byte @Nullable [] response;

		PendingAnswer(ClientCall<byte[], byte[]> call) {
			this.call = call;
		}

		void start(Metadata headers, byte[] wire) {
			try {
				this.call.start(this, headers);
				this.call.request(1);
				this.call.sendMessage(wire);
				this.call.halfClose();
			}
			catch (RuntimeException ex) {
				this.answer.complete(GrpcAnswer.failed(ex));
				cancel();
			}
		}

		@Override
		public void onMessage(byte[] message) {
			this.response = message;
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			this.answer.complete(answer(status, trailers));
		}

		private GrpcAnswer answer(Status status, Metadata trailers) {
			if (status.isOk()) {
				return GrpcAnswer.ok(this.response);
			}
			return (status.getCause() != null) ? GrpcAnswer.failed(status.getCause())
					: GrpcAnswer.refused(status.getCode().value(), status.getDescription(), trailers.get(DETAILS));
		}

		GrpcAnswer await(long nanos) {
			try {
				return this.answer.get(nanos, TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				// Not the end of the thread: its loop clears the flag and tries again
				Thread.currentThread().interrupt();
				cancel();
				return GrpcAnswer.failed(ex);
			}
			catch (TimeoutException | CancellationException ex) {
				cancel();
				return GrpcAnswer.failed(ex);
			}
			catch (ExecutionException ex) {
				return GrpcAnswer.failed((ex.getCause() != null) ? ex.getCause() : ex);
			}
		}

		void cancel() {
			this.answer.cancel(true);
			this.call.cancel("aborted", null);
		}

	}

	/** Messages are bytes that somebody else has encoded, or will decode. */
	private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {

		MARSHALLER;

		static MethodDescriptor<byte[], byte[]> method(String name) {
			return MethodDescriptor.<byte[], byte[]>newBuilder(MARSHALLER, MARSHALLER)
				.setType(MethodDescriptor.MethodType.UNARY)
				.setFullMethodName(name)
				.build();
		}

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

	/** Names the encoding of what is compressed already: its size had to be known. */
	private enum Compressed implements Compressor {

		GZIP;

		private static final CompressorRegistry REGISTRY = CompressorRegistry.newEmptyInstance();

		static {
			REGISTRY.register(GZIP);
		}

		@Override
		public String getMessageEncoding() {
			return "gzip";
		}

		@Override
		public OutputStream compress(OutputStream out) {
			return out;
		}

	}

}
