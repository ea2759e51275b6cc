package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;

/**
 * Says which sinks there may be after a grant: the configured ones, and the beans of the
 * application. Makes none: before a yes no class of a sink is loaded.
 */
final class TelemetrySinkFactories {

	private final TelemetrySettings settings;

	TelemetrySinkFactories(TelemetrySettings settings) {
		this.settings = settings;
	}

	List<TelemetrySinkFactory> all(List<TelemetrySinkFactory> supplied, Map<String, TelemetrySink> sinks) {
		List<TelemetrySinkFactory> factories = new ArrayList<>();
		TelemetrySettings.LocalLog log = this.settings.sinks().file();
		if (log != null) {
			factories.add(new FileSinkFactory(log));
		}
		if (this.settings.sinks().stdout()) {
			factories.add(LocalOutputFactory.stdout());
		}
		if (this.settings.recording().debug()) {
			factories.add(LocalOutputFactory.debug());
		}
		TelemetrySettings.Otlp otlp = this.settings.sinks().otlp();
		if (otlp != null) {
			factories.add(new OtlpSinkFactory(otlpSettings(otlp)));
		}
		factories.addAll(supplied);
		sinks.forEach((name, sink) -> factories.add(TelemetrySinkFactory.of(name, sink)));
		return factories;
	}

	private OtlpSettings otlpSettings(TelemetrySettings.Otlp otlp) {
		Map<String, String> resource = otlp.resource();
		OtlpResource described = new OtlpResource(resource.getOrDefault("service.name", "unknown"),
				resource.get("service.namespace"), this.settings.tool().version(),
				resource.get("deployment.environment"), null, null, null);
		return new OtlpSettings(otlp.endpoint().uri(), otlp.endpoint().signal(), HttpHeaders.of(otlp.headers().asMap()),
				otlp.compression() == Compression.GZIP, otlp.exportTimeout(), described);
	}

}
