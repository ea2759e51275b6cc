package dev.telemetry.sink.segment;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.HttpSinkFactory;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;

/** Makes sinks for Segment. Before {@link #create} no HTTP client is loaded. */
public final class SegmentSinkFactory extends HttpSinkFactory {

	/** What follows the host. */
	public static final String PATH = "/v1/batch";

	private final VendorSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public SegmentSinkFactory(VendorSettings settings, TlsSource tls) {
		super("segment", settings.http(), tls);
		this.settings = settings;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		// The key is a user without a password
		String user = Base64.getEncoder()
			.encodeToString((this.settings.key() + ":").getBytes(StandardCharsets.US_ASCII));
		return new BatchSink(this.settings.with(HttpHeaders.of(Map.of("Authorization", "Basic " + user))), tls(),
				new SegmentFormat());
	}

}
