package dev.telemetry.sink.otlp;

import java.util.List;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.http.HttpBody;
import dev.telemetry.sink.http.HttpTransport;
import dev.telemetry.sink.http.TlsSource;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import org.jspecify.annotations.Nullable;

/** OTLP as protobuf over HTTP. */
final class OtlpOverHttp implements OtlpCarrier {

	private final HttpTransport transport;

	private final OtlpHttpSender sender;

	private final EventExporter exporter;

	private final OtlpAnswers answers;

	OtlpOverHttp(OtlpSettings settings, @Nullable String optInSource, TlsSource tls) {
		this.transport = new HttpTransport(settings.http(), tls);
		this.sender = new OtlpHttpSender(this.transport, OtlpText.of(settings.signal()));
		HttpSenderProvider provider = (config) -> this.sender;
		this.exporter = EventExporter.of(settings, optInSource, new OnlySender(HttpSenderProvider.class, provider));
		this.answers = new OtlpAnswers(settings.http());
	}

	@Override
	public @Nullable TelemetryException send(HttpBody request) {
		return this.answers.failure(this.transport.post(request), request.events());
	}

	@Override
	public @Nullable TelemetryException send(List<Event> events) throws TelemetryException {
		this.sender.expect(events.size());
		this.exporter.export(events);
		return this.answers.failure(EventExporter.required(this.sender.takeAnswer()), events.size());
	}

	@Override
	public void abort() {
		this.transport.abort();
	}

	@Override
	public void close() {
		this.transport.close();
	}

}
