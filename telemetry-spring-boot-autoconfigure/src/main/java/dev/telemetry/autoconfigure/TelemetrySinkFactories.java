package dev.telemetry.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.VendorSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/**
 * Determines which sinks there may be after a grant: the configured ones, and the beans
 * of the application. Creates none: before consent is granted no class of a sink is
 * loaded.
 */
final class TelemetrySinkFactories {

	private final TelemetrySettings settings;

	private final UsableSinks usable;

	private final SentLog sent;

	private final List<TelemetrySinkFactory> factories;

	/** The names of sinks that are beans of the application. */
	private final Set<String> existing;

	/**
	 * Create the list.
	 * @param settings what was configured
	 * @param supplied factories of the application
	 * @param sinks sinks of the application by bean name
	 * @param bundles the SSL bundles of the application
	 * @param usable leaves out what cannot be used
	 * @param sent remembers what is sent
	 */
	TelemetrySinkFactories(TelemetrySettings settings, List<TelemetrySinkFactory> supplied,
			Map<String, TelemetrySink> sinks, ObjectProvider<SslBundles> bundles, UsableSinks usable, SentLog sent) {
		this.settings = settings;
		this.usable = usable;
		this.sent = sent;
		this.existing = Set.copyOf(sinks.keySet());
		this.factories = usable.of(collect(supplied, sinks, bundles)).stream().map(sent::observe).toList();
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
	 * Say why nothing can leave this machine by what is configured, whatever is granted.
	 * @return the reason, or {@code null}
	 */
	@Nullable ConsentCap cap() {
		String insecure = this.settings.sinks().insecure();
		boolean remote = this.factories.stream().anyMatch(TelemetrySinkFactory::remote);
		return ConsentCap.of((insecure != null || remote) ? insecure : "no remote sink is configured");
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
		if (otlp != null && this.usable.hasOtlp()) {
			factories.add(OtlpSinkCreation.factory(otlp, this.settings.tool(), BundleTls.of(otlp.sslBundle(), bundles),
					this.sent.of("otlp")));
		}
		TelemetrySettings.Http http = this.settings.sinks().http();
		if (http != null) {
			factories.add(new HttpJsonSinkFactory(
					new HttpSettings(http.endpoint(), http.headers(), http.compression() == Compression.GZIP,
							http.exportTimeout(), "telemetry.http.endpoint", this.sent.of("http")),
					BundleTls.of(http.sslBundle(), bundles)));
		}
		for (VendorSink vendor : VendorSink.values()) {
			TelemetrySettings.Vendor configured = this.settings.sinks().vendors().get(vendor);
			if (configured != null) {
				factories.add(vendor.factory(vendorSettings(vendor, configured),
						BundleTls.of(configured.sslBundle(), bundles)));
			}
		}
		return factories;
	}

	private VendorSettings vendorSettings(VendorSink vendor, TelemetrySettings.Vendor configured) {
		return new VendorSettings(
				new HttpSettings(configured.endpoint(), HttpHeaders.NONE, configured.compression() == Compression.GZIP,
						configured.exportTimeout(), configured.property(), this.sent.of(vendor.sinkName())),
				configured.key());
	}

}
