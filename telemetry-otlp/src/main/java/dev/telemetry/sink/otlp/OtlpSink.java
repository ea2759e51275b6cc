package dev.telemetry.sink.otlp;

import java.util.List;
import java.util.function.BooleanSupplier;

import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.SplitBatch;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.WireBody;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

	private static final Log logger = LogFactory.getLog(OtlpSink.class);

	private final OtlpCarrier carrier;

	private final EventEncoder encoder;

	private final RequestSize size;

	private boolean told;

	OtlpSink(OtlpSettings settings, @Nullable String optInSource, TlsSource tls) throws TelemetryException {
		this(settings, optInSource, tls, RecordEncoder.of(settings.signal()));
	}

	OtlpSink(OtlpSettings settings, @Nullable String optInSource, TlsSource tls, RecordEncoder records)
			throws TelemetryException {
		this.carrier = switch (settings.protocol()) {
			case HTTP_PROTOBUF -> new OtlpOverHttp(settings, optInSource, tls);
			case GRPC -> new OtlpOverGrpc(settings, optInSource, tls);
		};
		this.encoder = new EventEncoder(records, new ResourceAttributes(settings.resource(), optInSource),
				OtlpText.of(settings.signal()));
		this.size = new RequestSize(WireBody.maxLength(settings.http().gzip()));
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
		EncodedEvents encoded = encode(events);
		if (encoded != null) {
			SplitBatch.send(events.size(), goOn, new EncodedRequests(encoded, this.size, this.carrier));
		}
		else {
			SplitBatch.send(events, goOn, this.carrier::send);
		}
	}

	/** What our encoder cannot encode the exporter does: an error here costs no event. */
	private @Nullable EncodedEvents encode(List<Event> events) {
		try {
			return this.encoder.encode(events);
		}
		catch (RuntimeException ex) {
			if (!this.told) {
				this.told = true;
				logger.warn("Telemetry encodes events with OpenTelemetry's exporter, since its own encoder failed with "
						+ ex.getClass().getName());
			}
			return null;
		}
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
