package dev.telemetry.autoconfigure;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

import dev.telemetry.autoconfigure.VendorProperties.Part;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

/**
 * Binds the sinks for vendors.
 */
final class VendorSinkSettings {

	private final SettingReader reader;

	private final PropertyBinding binding;

	private final HttpSinkSettings http;

	VendorSinkSettings(SettingReader reader, PropertyBinding binding, HttpSinkSettings http) {
		this.reader = reader;
		this.binding = binding;
		this.http = http;
	}

	Map<VendorSink, TelemetrySettings.Vendor> bind() {
		Map<VendorSink, TelemetrySettings.Vendor> vendors = new EnumMap<>(VendorSink.class);
		for (VendorSink sink : VendorSink.values()) {
			TelemetrySettings.Vendor vendor = bind(sink, this.binding.bind(sink.properties()));
			if (vendor != null) {
				vendors.put(sink, vendor);
			}
		}
		return vendors;
	}

	private TelemetrySettings.@Nullable Vendor bind(VendorSink sink, VendorProperties properties) {
		Part address = properties.address();
		Part key = properties.key();
		if (isDisabled(sink)) {
			return null;
		}
		if (key.value() == null || address.value() == null) {
			if (key.value() != null) {
				rejectLonely(sink.property(key), sink.property(address));
			}
			else if (this.binding.origin(sink.property(address)) != null) {
				rejectLonely(sink.property(address), sink.property(key));
			}
			return null;
		}
		URI endpoint = OtlpEndpoint.below(URI.create(address.value()), sink.path());
		// The key is a credential: it disables the sink whatever is allowed
		this.http.isRefusedAsInsecure(sink.sinkName(), sink.property(address), endpoint, true);
		return isDisabled(sink) ? null : this.http.vendor(endpoint, sink.property(address), key.value());
	}

	private boolean isDisabled(VendorSink sink) {
		return this.reader.disabledSinks().containsKey(sink.sinkName());
	}

	private void rejectLonely(String present, String missing) {
		this.binding.reject(present,
				new WrongValueException("is of no use without " + missing + ": nothing is sent", "set both"));
	}

}
