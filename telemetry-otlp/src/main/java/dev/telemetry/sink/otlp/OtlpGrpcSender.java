package dev.telemetry.sink.otlp;

import java.util.function.Consumer;

import dev.telemetry.sent.SentText;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Takes the request that OpenTelemetry's exporter has encoded and stores the answer for
 * the sink. The exporter is always told that it went well: it has no say in retrying, and
 * of failures it would log what the server wrote.
 */
final class OtlpGrpcSender implements GrpcSender {

	private final GrpcTransport transport;

	private final String method;

	private final SentText text;

	private @Nullable GrpcAnswer answer;

	private int events;

	OtlpGrpcSender(GrpcTransport transport, String method, SentText text) {
		this.transport = transport;
		this.method = method;
		this.text = text;
	}

	@Override
	public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
		this.answer = this.transport.call(this.method, new EncodedRequest(message, this.events, this.text));
		onResponse.accept(Accepted.INSTANCE);
	}

	String method() {
		return this.method;
	}

	/** Say how many events the next request holds, which its message does not tell. */
	void expect(int events) {
		this.events = events;
	}

	/** Return the answer to the last request, once. */
	@Nullable GrpcAnswer takeAnswer() {
		GrpcAnswer taken = this.answer;
		this.answer = null;
		return taken;
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

	/** What the exporter is told. */
	private enum Accepted implements GrpcResponse {

		INSTANCE;

		@Override
		public GrpcStatusCode getStatusCode() {
			return GrpcStatusCode.OK;
		}

		@Override
		public String getStatusDescription() {
			return "";
		}

		@Override
		public byte[] getResponseMessage() {
			return new byte[0];
		}

	}

}
