package dev.telemetry.sink.otlp;

import java.util.List;
import java.util.Objects;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.TlsSource;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import org.jspecify.annotations.Nullable;

/** OTLP over gRPC. */
final class OtlpOverGrpc implements OtlpCarrier {

	private final GrpcTransport transport;

	private final EventExporter exporter;

	private final GrpcAnswers answers;

	private @Nullable OtlpGrpcSender sender;

	OtlpOverGrpc(OtlpSettings settings, @Nullable String optInSource, TlsSource tls) throws TelemetryException {
		this.transport = new GrpcTransport(settings.http(), tls);
		GrpcSenderProvider provider = (config) -> {
			this.sender = new OtlpGrpcSender(this.transport, config.getFullMethodName(),
					OtlpText.of(settings.signal()));
			return this.sender;
		};
		this.exporter = EventExporter.of(settings, optInSource, new OnlySender(GrpcSenderProvider.class, provider));
		this.answers = new GrpcAnswers(settings.http());
	}

	@Override
	public @Nullable TelemetryException send(HttpBody request) {
		return this.answers.failure(this.transport.call(sender().method(), request), request.events());
	}

	@Override
	public @Nullable TelemetryException send(List<Event> events) throws TelemetryException {
		OtlpGrpcSender sender = sender();
		sender.expect(events.size());
		this.exporter.export(events);
		GrpcAnswer answer = EventExporter.required(sender.takeAnswer());
		return this.answers.failure(answer, events.size());
	}

	private OtlpGrpcSender sender() {
		return Objects.requireNonNull(this.sender);
	}

	@Override
	public void abort() {
		this.transport.abort();
	}

	@Override
	public void close() {
		this.transport.abort();
	}

}
