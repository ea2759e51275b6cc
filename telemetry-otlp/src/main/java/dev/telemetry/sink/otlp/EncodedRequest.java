package dev.telemetry.sink.otlp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

import dev.telemetry.sent.SentText;
import dev.telemetry.sink.http.HttpBody;
import io.opentelemetry.sdk.common.export.MessageWriter;

/**
 * What OpenTelemetry's exporter has encoded.
 *
 * @param message writes it
 * @param events how many events it holds
 * @param text reads it for people
 */
record EncodedRequest(MessageWriter message, int events, SentText text) implements HttpBody {

	static final Map<String, String> FIELDS = Map.of("Content-Type", "application/x-protobuf");

	@Override
	public int length() {
		return this.message.getContentLength();
	}

	@Override
	public Map<String, String> fields() {
		return FIELDS;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		this.message.writeMessage(out);
	}

}
