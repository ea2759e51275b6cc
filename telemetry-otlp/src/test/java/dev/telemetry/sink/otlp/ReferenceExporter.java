package dev.telemetry.sink.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

import dev.telemetry.event.Event;
import dev.telemetry.setting.OtlpSignal;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;

/** Encodes events as OpenTelemetry's exporter does, without sending them. */
final class ReferenceExporter implements HttpSender {

	private final OtlpSettings settings;

	private final EventExporter exporter;

	private byte[] body;

	ReferenceExporter(OtlpSignal signal) {
		this.settings = OtlpFixture.settings(URI.create("http://localhost:1/v1"), signal, false);
		HttpSenderProvider provider = (config) -> this;
		this.exporter = EventExporter.of(this.settings, "actuator", new OnlySender(HttpSenderProvider.class, provider));
	}

	/** Return the resources that both encode. */
	ResourceAttributes resources() {
		return new ResourceAttributes(this.settings.resource(), "actuator");
	}

	byte[] encode(List<Event> events) {
		this.exporter.export(events);
		return this.body;
	}

	@Override
	public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			message.writeMessage(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.body = out.toByteArray();
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

}
