package dev.telemetry.sink.datadog;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.HttpSinkFactory;
import dev.telemetry.sink.http.TlsSource;

/** Makes sinks for Datadog. Before {@link #create} no HTTP client is loaded. */
public final class DatadogSinkFactory extends HttpSinkFactory {

	private final DatadogSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public DatadogSinkFactory(DatadogSettings settings, TlsSource tls) {
		super("datadog", settings.http(), tls);
		this.settings = settings;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new BatchSink(this.settings.authorized(), tls(), new DatadogFormat());
	}

}
