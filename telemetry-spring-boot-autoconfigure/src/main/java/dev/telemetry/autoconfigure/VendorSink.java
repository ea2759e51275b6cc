package dev.telemetry.autoconfigure;

import java.util.Locale;

import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.datadog.DatadogSinkFactory;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.http.VendorSettings;
import dev.telemetry.sink.posthog.PostHogSinkFactory;
import dev.telemetry.sink.segment.SegmentSinkFactory;

/**
 * The sinks for vendors. What is said of one here, and its record of properties, is all
 * that the application has to know of it.
 */
enum VendorSink {

	POSTHOG(PostHogProperties.class, PostHogSinkFactory.PATH),

	SEGMENT(SegmentProperties.class, SegmentSinkFactory.PATH),

	DATADOG(DatadogProperties.class, DatadogSinkFactory.PATH);

	private final Class<? extends VendorProperties> properties;

	private final String path;

	VendorSink(Class<? extends VendorProperties> properties, String path) {
		this.properties = properties;
		this.path = path;
	}

	/** Return its name, which is also what its properties begin with. */
	String sinkName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Return the record of its properties. */
	Class<? extends VendorProperties> properties() {
		return this.properties;
	}

	/** Return what follows the address of the vendor. */
	String path() {
		return this.path;
	}

	/** Return the full name of one of its properties. */
	String property(VendorProperties.Part part) {
		return PropertyTree.PREFIX + sinkName() + "." + part.name();
	}

	/**
	 * Create what makes it after a grant.
	 * @param settings where and how to send
	 * @param tls whom to trust
	 * @return the factory
	 */
	TelemetrySinkFactory factory(VendorSettings settings, TlsSource tls) {
		return switch (this) {
			case POSTHOG -> new PostHogSinkFactory(settings, tls);
			case SEGMENT -> new SegmentSinkFactory(settings, tls);
			case DATADOG -> new DatadogSinkFactory(settings, tls);
		};
	}

}
