package dev.telemetry.sink.posthog;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.HttpSinkFactory;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;

/** Makes sinks for PostHog. Before {@link #create} no HTTP client is loaded. */
public final class PostHogSinkFactory extends HttpSinkFactory {

	/** What follows the host. */
	public static final String PATH = "/batch/";

	private final VendorSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public PostHogSinkFactory(VendorSettings settings, TlsSource tls) {
		super("posthog", settings.http(), tls);
		this.settings = settings;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new BatchSink(this.settings.http(), tls(), new PostHogFormat(this.settings.key()));
	}

}
