package dev.telemetry.sink.otlp;

import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.http.HttpSinkFactory;
import dev.telemetry.sink.http.TlsSource;

/**
 * Makes OTLP sinks. Before {@link #create} neither a class of OpenTelemetry nor an HTTP
 * client is loaded.
 */
public final class OtlpSinkFactory extends HttpSinkFactory {

	/** What is missing without one of gRPC's transports. */
	static final String GRPC = "for 'telemetry.protocol=grpc' also 'io.grpc:grpc-netty-shaded' or another"
			+ " transport of gRPC";

	private final OtlpSettings settings;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 */
	public OtlpSinkFactory(OtlpSettings settings, TlsSource tls) {
		super("otlp", settings.http(), tls);
		this.settings = settings;
	}

	@Override
	public TelemetrySink create(SinkSession session) throws TelemetryException {
		try {
			return new OtlpSink(this.settings.runningAt(session.origin()), session.optInSource(), tls());
		}
		catch (LinkageError ex) {
			boolean grpc = this.settings.protocol() == OtlpProtocol.GRPC;
			throw new OpenTelemetryLibrary(OtlpSinkFactory.class.getClassLoader()).unusable(ex, grpc ? GRPC : null);
		}
	}

}
