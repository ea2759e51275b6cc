package dev.telemetry.sink.otlp;

import java.util.List;

import javax.net.ssl.SSLContext;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.HttpTransport;
import dev.telemetry.sink.http.SplitBatch;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to an OpenTelemetry collector. An event counts as taken when the collector
 * acknowledged it and did not report it as rejected. A batch whose request would exceed
 * 64 KiB is sent in several.
 */
public final class OtlpSink implements TelemetrySink {

	/*
	 * One thread calls emitAll, probe, flush and close; abort comes from another and only
	 * touches the transport, which is made for that.
	 */

	private final HttpTransport transport;

	private final EventExporter exporter;

	private final OtlpAnswers answers;

	OtlpSink(OtlpSettings settings, @Nullable String optInSource, @Nullable SSLContext tls) {
		this.transport = new HttpTransport(settings.http(), tls);
		this.exporter = EventExporter.of(settings, optInSource, this.transport);
		this.answers = new OtlpAnswers(settings.http());
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		SplitBatch.send(events, (part) -> this.answers.failure(this.exporter.export(part), part.size()));
	}

	/** Send a request without events, which a collector takes. */
	@Override
	public boolean probe() throws TelemetryException {
		TelemetryException failure = this.answers.failure(this.exporter.export(List.of()), 0);
		if (failure != null) {
			throw failure;
		}
		return true;
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
