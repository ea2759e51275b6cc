package dev.telemetry.sink.datadog;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.BatchSink;
import dev.telemetry.sink.http.HttpSinkFactory;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import org.jspecify.annotations.Nullable;

/** Makes sinks for Datadog. Before {@link #create} no HTTP client is loaded. */
public final class DatadogSinkFactory extends HttpSinkFactory {

	/** What follows the host. */
	public static final String PATH = "/api/v2/logs";

	/** The domains of Datadog's sites, or what they end in. */
	private static final Pattern SITE = Pattern
		.compile("([a-z0-9-]{1,20}\\.)?(datadoghq\\.com|datadoghq\\.eu|ddog-gov\\.com)");

	private final VendorSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public DatadogSinkFactory(VendorSettings settings, TlsSource tls) {
		super("datadog", settings.http(), tls);
		this.settings = settings;
	}

	/**
	 * Return where a site takes logs.
	 * @param site the site, such as {@code datadoghq.eu}
	 * @return the address of its host, or {@code null} if it is no site of Datadog
	 */
	public static @Nullable URI intake(String site) {
		// What people see in their browser: no site, and no intake
		boolean known = SITE.matcher(site).matches() && !site.startsWith("app.");
		return known ? URI.create("https://http-intake.logs." + site) : null;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		return new BatchSink(this.settings.with(HttpHeaders.of(Map.of("DD-API-KEY", this.settings.key()))), tls(),
				new DatadogFormat());
	}

}
