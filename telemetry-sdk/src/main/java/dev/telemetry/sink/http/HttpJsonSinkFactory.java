package dev.telemetry.sink.http;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;

/** Makes sinks that post JSON. Before {@link #create} no HTTP client is loaded. */
public final class HttpJsonSinkFactory extends HttpSinkFactory {

	private final HttpSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public HttpJsonSinkFactory(HttpSettings settings, TlsSource tls) {
		super("http", settings, tls);
		this.settings = settings;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new BatchSink(this.settings, tls(), new EventLineFormat());
	}

}
