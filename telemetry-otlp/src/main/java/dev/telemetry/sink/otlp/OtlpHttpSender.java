package dev.telemetry.sink.otlp;

import java.util.function.Consumer;

import dev.telemetry.sent.SentText;
import dev.telemetry.sink.http.HttpAnswer;
import dev.telemetry.sink.http.HttpTransport;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Takes the request that OpenTelemetry's exporter has encoded and stores the answer for
 * the sink. The exporter is always told 200: it has no say in retrying, and of failures
 * it would log what the server wrote.
 */
final class OtlpHttpSender implements HttpSender {

	private final HttpTransport transport;

	private final SentText text;

	private @Nullable HttpAnswer answer;

	private int events;

	OtlpHttpSender(HttpTransport transport, SentText text) {
		this.transport = transport;
		this.text = text;
	}

	@Override
	public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		this.answer = this.transport.post(new EncodedRequest(message, this.events, this.text));
		onResponse.accept(Accepted.INSTANCE);
	}

	/** Say how many events the next request holds, which its message does not tell. */
	void expect(int events) {
		this.events = events;
	}

	/** Return the answer to the last request, once. */
	@Nullable HttpAnswer takeAnswer() {
		HttpAnswer taken = this.answer;
		this.answer = null;
		return taken;
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

	/** What the exporter is told. */
	private enum Accepted implements HttpResponse {

		INSTANCE;

		@Override
		public int getStatusCode() {
			return 200;
		}

		@Override
		public String getStatusMessage() {
			return "OK";
		}

		@Override
		public byte[] getResponseBody() {
			return new byte[0];
		}

	}

}
