package dev.telemetry.sink.otlp;

import java.util.function.Supplier;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes OTLP sinks. Before {@link #create()} neither a class of OpenTelemetry nor an HTTP
 * client is loaded.
 */
public final class OtlpSinkFactory implements TelemetrySinkFactory {

	private final OtlpSettings settings;

	private final Supplier<@Nullable String> optInSource;

	/**
	 * Create a factory.
	 * @param settings where and how to send
	 * @param optInSource asked when a sink is made: how consent was given, the resource
	 * attribute {@code telemetry.opt_in_source}
	 */
	public OtlpSinkFactory(OtlpSettings settings, Supplier<@Nullable String> optInSource) {
		this.settings = settings;
		this.optInSource = optInSource;
	}

	@Override
	public String name() {
		return "otlp";
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
	public TelemetrySink create() throws TelemetryException {
		try {
			return new OtlpSink(this.settings, this.optInSource.get());
		}
		catch (LinkageError ex) {
			throw new TelemetryException(TelemetryException.Kind.OTLP,
					"the OTLP sink needs 'io.opentelemetry:opentelemetry-sdk' and"
							+ " 'io.opentelemetry:opentelemetry-exporter-otlp' on the class path",
					false, ex);
		}
	}

}
