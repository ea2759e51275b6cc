package dev.telemetry.sink.posthog;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.TlsSource;

/** Makes sinks for PostHog. Before {@link #create} no HTTP client is loaded. */
public final class PostHogSinkFactory implements TelemetrySinkFactory {

	private final PostHogSettings settings;

	private final TlsSource tls;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public PostHogSinkFactory(PostHogSettings settings, TlsSource tls) {
		this.settings = settings;
		this.tls = tls;
	}

	@Override
	public String name() {
		return "posthog";
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
		return new BatchSink(this.settings.http(), this.tls.tls(), new PostHogFormat(this.settings.apiKey()));
	}

}
