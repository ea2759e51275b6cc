package dev.telemetry.sink.segment;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.TlsSource;

/** Makes sinks for Segment. Before {@link #create} no HTTP client is loaded. */
public final class SegmentSinkFactory implements TelemetrySinkFactory {

	private final SegmentSettings settings;

	private final TlsSource tls;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public SegmentSinkFactory(SegmentSettings settings, TlsSource tls) {
		this.settings = settings;
		this.tls = tls;
	}

	@Override
	public String name() {
		return "segment";
	}

	@Override
	public String target() {
		return this.settings.http().target();
	}

	@Override
	public boolean remote() {
		return true;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new BatchSink(this.settings.authorized(), this.tls.tls(), new SegmentFormat());
	}

}
