package dev.telemetry.sink.otlp;

import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.TlsSource;

/**
 * Makes OTLP sinks. Before {@link #create} neither a class of OpenTelemetry nor an HTTP
 * client is loaded.
 */
public final class OtlpSinkFactory implements TelemetrySinkFactory {

	private final OtlpSettings settings;

	private final TlsSource tls;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public OtlpSinkFactory(OtlpSettings settings, TlsSource tls) {
		this.settings = settings;
		this.tls = tls;
	}

	@Override
	public String name() {
		return "otlp";
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
		try {
			return new OtlpSink(this.settings.runningAt(session.origin()), session.optInSource(), this.tls.context());
		}
		catch (LinkageError ex) {
			throw new TelemetryException(TelemetryException.Kind.OTLP,
					"the OTLP sink needs 'io.opentelemetry:opentelemetry-sdk' and"
							+ " 'io.opentelemetry:opentelemetry-exporter-otlp' on the class path",
					false, ex);
		}
	}

}
