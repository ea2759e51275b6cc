package dev.telemetry.sink.segment;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.HttpSinkFactory;
import dev.telemetry.sink.http.TlsSource;

/** Makes sinks for Segment. Before {@link #create} no HTTP client is loaded. */
public final class SegmentSinkFactory extends HttpSinkFactory {

	private final SegmentSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public SegmentSinkFactory(SegmentSettings settings, TlsSource tls) {
		super("segment", settings.http(), tls);
		this.settings = settings;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new BatchSink(this.settings.authorized(), tls(), new SegmentFormat());
	}

}
