package dev.telemetry.sdk;

import java.util.List;

import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;

/**
 * Reports destinations that a spec names and that are not configured: its events do not
 * go there, and nowhere else instead.
 *
 * @param sinks the sinks that are configured
 * @param problems where this is reported
 */
record SpecReceivers(List<TelemetrySinkFactory> sinks, Problems problems) {

	void check(TelemetrySpecRegistry registry) {
		for (TelemetrySpec spec : registry.specs()) {
			spec.providers()
				.stream()
				.filter((provider) -> !isConfigured(provider))
				.forEach((provider) -> report(spec, provider));
		}
	}

	private void report(TelemetrySpec spec, SpecProvider provider) {
		this.problems.report(new Problem("spec " + spec.key() + " " + spec.version(), spec.origin(),
				"its provider '" + provider.type() + "' is no sink that is configured, so its events do not go there",
				action(provider.sink()) + ", or remove the provider"));
	}

	private boolean isConfigured(SpecProvider provider) {
		return this.sinks.stream().anyMatch((sink) -> sink.name().equals(provider.sink()));
	}

	private static String action(String sink) {
		return switch (sink) {
			case "otlp" -> "set telemetry.endpoint";
			case "http" -> "set telemetry.http.endpoint";
			case "kafka" -> "set telemetry.kafka.topic";
			case "posthog" -> "set telemetry.posthog.host and telemetry.posthog.api-key";
			case "segment" -> "set telemetry.segment.write-key";
			case "datadog" -> "set telemetry.datadog.site and telemetry.datadog.api-key";
			default -> "supply a bean '" + sink + "' of the type TelemetrySink";
		};
	}

}
