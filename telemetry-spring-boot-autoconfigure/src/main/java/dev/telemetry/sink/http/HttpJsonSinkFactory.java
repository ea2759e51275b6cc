package dev.telemetry.sink.http;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;

/** Makes sinks that post JSON. Before {@link #create} no HTTP client is loaded. */
public final class HttpJsonSinkFactory implements TelemetrySinkFactory {

	private final HttpSettings settings;

	private final TlsSource tls;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public HttpJsonSinkFactory(HttpSettings settings, TlsSource tls) {
		this.settings = settings;
		this.tls = tls;
	}

	@Override
	public String name() {
		return "http";
	}

	@Override
	public String target() {
		return this.settings.target();
	}

	@Override
	public boolean remote() {
		return true;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new HttpJsonSink(this.settings, this.tls.context());
	}

}
