package dev.telemetry.autoconfigure;

import dev.telemetry.autoconfigure.PropertyRules.Address;
import dev.telemetry.autoconfigure.PropertyRules.OfSink;
import dev.telemetry.autoconfigure.PropertyRules.Secret;
import dev.telemetry.autoconfigure.PropertyRules.Syntax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code telemetry.segment}, stated once as those of
 * {@link TelemetryProperties}.
 *
 * @param writeKey Write key of the source at Segment. Shown nowhere.
 * @param host Address of Segment. In the European Union
 * 'https://events.eu1.segmentapis.com'.
 */
@ConfigurationProperties("telemetry.segment")
record SegmentProperties(@Secret @OfSink("segment") @Syntax(PropertySyntax.VendorKey.class) @Nullable String writeKey,
		@Address @OfSink("segment") @Syntax(PropertySyntax.VendorHost.class) @DefaultValue(SegmentProperties.HOST) String host)
		implements
			VendorProperties {

	/** Where Segment is unless something else is said. */
	static final String HOST = "https://api.segment.io";

	@Override
	public Part address() {
		return new Part("host", this.host);
	}

	@Override
	public Part key() {
		return new Part("write-key", this.writeKey);
	}

	/** Return everything but the key. */
	@Override
	public String toString() {
		return "SegmentProperties[" + this.host + "]";
	}

}
