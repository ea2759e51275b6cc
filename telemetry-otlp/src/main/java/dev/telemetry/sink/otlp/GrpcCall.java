package dev.telemetry.sink.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.telemetry.sink.http.HttpAnswer;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** One call, and the wait for its answer. */
final class GrpcCall extends ClientCall.Listener<byte[]> {

	private static final Metadata.Key<byte[]> DETAILS = Metadata.Key.of("grpc-status-details-bin",
			Metadata.BINARY_BYTE_MARSHALLER);

	private final ManagedChannel channel;

	private final ClientCall<byte[], byte[]> call;

	private final CompletableFuture<GrpcAnswer> answer = new CompletableFuture<>();

	private byte @Nullable [] response;

	GrpcCall(ManagedChannel channel, String method, CallOptions options) {
		this.channel = channel;
		this.call = channel.newCall(Bytes.method(method), options);
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
		Throwable cause = status.getCause();
		if (cause == null) {
			return GrpcAnswer.refused(status.getCode().value(), status.getDescription(), trailers.get(DETAILS));
		}
		return isForeign(cause) ? GrpcAnswer.unanswered(HttpAnswer.foreign(cause)) : GrpcAnswer.failed(cause);
	}

	/** Netty throws this when it reads no HTTP/2; which Netty is not known here. */
	private static boolean isForeign(Throwable cause) {
		return cause.getClass().getSimpleName().equals("Http2Exception");
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
		catch (TimeoutException ex) {
			boolean connected = this.channel.getState(false) == ConnectivityState.READY;
			cancel();
			return GrpcAnswer.unanswered(HttpAnswer.timedOut(connected));
		}
		catch (CancellationException ex) {
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

	/** Messages are bytes that other code has encoded, or will decode. */
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

}
