package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.datadog.DatadogSinkFactory;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.VendorSettings;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import dev.telemetry.sink.posthog.PostHogSinkFactory;
import dev.telemetry.sink.segment.SegmentSinkFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * Says which sinks there may be after a grant: the configured ones, and the beans of the
 * application. Makes none: before a yes no class of a sink is loaded.
 */
final class TelemetrySinkFactories {

	private final TelemetrySettings settings;

	private final List<TelemetrySinkFactory> factories;

	/** The names of sinks that are beans of the application. */
	private final Set<String> existing;

	/**
	 * Create the list.
	 * @param settings what was configured
	 * @param supplied factories of the application
	 * @param sinks sinks of the application by bean name
	 * @param bundles the SSL bundles of the application
	 */
	TelemetrySinkFactories(TelemetrySettings settings, List<TelemetrySinkFactory> supplied,
			Map<String, TelemetrySink> sinks, ObjectProvider<SslBundles> bundles) {
		this.settings = settings;
		this.existing = Set.copyOf(sinks.keySet());
		this.factories = List.copyOf(collect(supplied, sinks, bundles));
	}

	List<TelemetrySinkFactory> all() {
		return this.factories;
	}

	/**
	 * Return what can make a remote sink outside of any session. A sink of the
	 * application that exists already cannot serve: its lane may be using it.
	 * @return the first such factory, or {@code null}
	 */
	@Nullable TelemetrySinkFactory remote() {
		return this.factories.stream()
			.filter((factory) -> factory.remote() && !this.existing.contains(factory.name()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Say why nothing can leave this machine, whatever is granted.
	 * @return the reason, or {@code null}
	 */
	@Nullable String cap() {
		String localOnly = this.settings.sinks().localOnly();
		if (localOnly != null) {
			return localOnly;
		}
		return this.factories.stream().anyMatch(TelemetrySinkFactory::remote) ? null : "no remote sink is configured";
	}

	private List<TelemetrySinkFactory> collect(List<TelemetrySinkFactory> supplied, Map<String, TelemetrySink> sinks,
			ObjectProvider<SslBundles> bundles) {
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
		factories.addAll(http(bundles));
		factories.addAll(supplied);
		sinks.forEach((name, sink) -> factories.add(TelemetrySinkFactory.of(name, sink)));
		return factories;
	}

	private List<TelemetrySinkFactory> http(ObjectProvider<SslBundles> bundles) {
		List<TelemetrySinkFactory> factories = new ArrayList<>();
		TelemetrySettings.Otlp otlp = this.settings.sinks().otlp();
		if (otlp != null) {
			factories.add(new OtlpSinkFactory(otlpSettings(otlp), BundleTls.of(otlp.sslBundle(), bundles)));
		}
		TelemetrySettings.Http http = this.settings.sinks().http();
		if (http != null) {
			factories
				.add(new HttpJsonSinkFactory(
						new HttpSettings(http.endpoint(), http.headers(), http.compression() == Compression.GZIP,
								http.exportTimeout(), "telemetry.http.endpoint"),
						BundleTls.of(http.sslBundle(), bundles)));
		}
		factories.addAll(vendors(this.settings.sinks().vendors(), bundles));
		return factories;
	}

	private static List<TelemetrySinkFactory> vendors(TelemetrySettings.Vendors vendors,
			ObjectProvider<SslBundles> bundles) {
		List<TelemetrySinkFactory> factories = new ArrayList<>();
		TelemetrySettings.Vendor posthog = vendors.posthog();
		if (posthog != null) {
			factories.add(new PostHogSinkFactory(
					new VendorSettings(httpSettings(posthog, "telemetry.posthog.host"), posthog.key()),
					BundleTls.of(posthog.sslBundle(), bundles)));
		}
		TelemetrySettings.Vendor segment = vendors.segment();
		if (segment != null) {
			factories.add(new SegmentSinkFactory(
					new VendorSettings(httpSettings(segment, "telemetry.segment.host"), segment.key()),
					BundleTls.of(segment.sslBundle(), bundles)));
		}
		TelemetrySettings.Vendor datadog = vendors.datadog();
		if (datadog != null) {
			factories.add(new DatadogSinkFactory(
					new VendorSettings(httpSettings(datadog, "telemetry.datadog.site"), datadog.key()),
					BundleTls.of(datadog.sslBundle(), bundles)));
		}
		return factories;
	}

	private static HttpSettings httpSettings(TelemetrySettings.Vendor vendor, String property) {
		return new HttpSettings(vendor.endpoint(), HttpHeaders.NONE, vendor.compression() == Compression.GZIP,
				vendor.exportTimeout(), property);
	}

	private OtlpSettings otlpSettings(TelemetrySettings.Otlp otlp) {
		Map<String, String> resource = otlp.resource();
		OtlpResource described = new OtlpResource(resource.getOrDefault("service.name", "unknown"),
				resource.get("service.namespace"), this.settings.tool().version(),
				resource.get("deployment.environment"), null, null, null);
		HttpSettings http = new HttpSettings(otlp.endpoint().uri(), otlp.headers(),
				otlp.compression() == Compression.GZIP, otlp.exportTimeout(), "telemetry.endpoint");
		return new OtlpSettings(otlp.protocol(), http, otlp.endpoint().signal(), described);
	}

}
