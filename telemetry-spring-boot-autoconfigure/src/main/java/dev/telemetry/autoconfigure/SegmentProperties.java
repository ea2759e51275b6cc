package dev.telemetry.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code telemetry.segment}, for the metadata as
 * {@link TelemetryProperties}.
 *
 * @param writeKey Write key of the source at Segment. Shown nowhere.
 * @param host Address of Segment. In the European Union
 * 'https://events.eu1.segmentapis.com'.
 */
@ConfigurationProperties("telemetry.segment")
record SegmentProperties(@Nullable String writeKey, @DefaultValue(SegmentProperties.HOST) String host) {

	/** Where Segment is unless something else is said. */
	static final String HOST = "https://api.segment.io";

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "SegmentProperties[" + this.host + "]";
	}

}
