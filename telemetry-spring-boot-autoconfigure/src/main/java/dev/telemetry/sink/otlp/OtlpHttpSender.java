package dev.telemetry.sink.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * Takes the request that OpenTelemetry's exporter has encoded and keeps the answer for
 * the sink. The exporter is always told 200: it has no say in retrying, and of failures
 * it would log what the server wrote.
 */
final class OtlpHttpSender implements HttpSender {

	/** The most that may be on its way when consent is withdrawn. */
	static final int MAX_WIRE_BYTES = 64 * 1024;

	/** What a receiver has to hold after decompression. */
	private static final int MAX_RAW_BYTES = 1024 * 1024;

	private final OtlpTransport transport;

	private final boolean gzip;

	private @Nullable OtlpAnswer answer;

	OtlpHttpSender(OtlpTransport transport, boolean gzip) {
		this.transport = transport;
		this.gzip = gzip;
	}

	@Override
	public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		try {
			this.answer = post(message);
		}
		catch (IOException ex) {
			this.answer = OtlpAnswer.failed(ex);
		}
		onResponse.accept(Accepted.INSTANCE);
	}

	private OtlpAnswer post(MessageWriter message) throws IOException {
		int length = message.getContentLength();
		if (length > (this.gzip ? MAX_RAW_BYTES : MAX_WIRE_BYTES)) {
			return OtlpAnswer.TOO_LARGE;
		}
		ByteArrayOutputStream body = new ByteArrayOutputStream(this.gzip ? length / 4 + 64 : length);
		try (OutputStream out = this.gzip ? new GZIPOutputStream(body) : body) {
			message.writeMessage(out);
		}
		return (body.size() > MAX_WIRE_BYTES) ? OtlpAnswer.TOO_LARGE : this.transport.post(body.toByteArray());
	}

	/** Return the answer to the last request, once. */
	@Nullable OtlpAnswer takeAnswer() {
		OtlpAnswer taken = this.answer;
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
