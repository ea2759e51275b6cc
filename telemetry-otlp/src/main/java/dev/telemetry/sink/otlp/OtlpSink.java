package dev.telemetry.sink.otlp;

import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.SplitBatch;
import dev.telemetry.sink.http.TlsSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to an OpenTelemetry collector. An event counts as taken when the collector
 * acknowledged it and did not report it as rejected. A batch whose request would exceed
 * 64 KiB is sent in several.
 */
public final class OtlpSink implements TelemetrySink {

	/*
	 * One thread calls emitAll, probe, flush and close; abort comes from another and only
	 * touches the carrier, which is made for that.
	 */

	private final OtlpCarrier carrier;

	OtlpSink(OtlpSettings settings, @Nullable String optInSource, TlsSource tls) throws TelemetryException {
		this.carrier = switch (settings.protocol()) {
			case HTTP_PROTOBUF -> new OtlpOverHttp(settings, optInSource, tls);
			case GRPC -> new OtlpOverGrpc(settings, optInSource, tls);
		};
	}

	@Override
	public void emit(Event event) throws TelemetryException {
		emitAll(List.of(event));
	}

	@Override
	public void emitAll(List<Event> events) throws TelemetryException {
		emitAll(events, () -> true);
	}

	@Override
	public void emitAll(List<Event> events, BooleanSupplier goOn) throws TelemetryException {
		SplitBatch.send(events, goOn, this.carrier::send);
	}

	/** Send a request without events, which a collector takes. */
	@Override
	public boolean probe() throws TelemetryException {
		@Nullable TelemetryException failure = this.carrier.send(List.of());
		if (failure != null) {
			throw failure;
		}
		return true;
	}

	@Override
	public void abort() {
		this.carrier.abort();
	}

	@Override
	public void close() {
		this.carrier.close();
	}

}
