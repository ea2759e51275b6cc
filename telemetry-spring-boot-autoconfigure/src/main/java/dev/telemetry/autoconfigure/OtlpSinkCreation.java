package dev.telemetry.autoconfigure;

import java.util.Map;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.sent.SentRecorder;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;

/** The one class here that needs the module {@code telemetry-otlp}. */
final class OtlpSinkCreation {

	private OtlpSinkCreation() {
	}

	static TelemetrySinkFactory factory(TelemetrySettings.Otlp otlp, TelemetrySettings.Tool tool, TlsSource tls,
			SentRecorder sent) {
		Map<String, String> resource = otlp.resource();
		OtlpResource described = new OtlpResource(resource.getOrDefault("service.name", "unknown"),
				resource.get("service.namespace"), tool.version(), resource.get("deployment.environment"), null, null,
				null);
		HttpSettings http = new HttpSettings(otlp.endpoint().uri(), otlp.headers(),
				otlp.compression() == Compression.GZIP, otlp.exportTimeout(), "telemetry.endpoint", sent);
		return new OtlpSinkFactory(new OtlpSettings(otlp.protocol(), http, otlp.endpoint().signal(), described), tls);
	}

}
