package dev.telemetry.autoconfigure;

import java.net.URI;

import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.sink.datadog.DatadogSinkFactory;
import dev.telemetry.sink.http.VendorSettings;
import dev.telemetry.sink.posthog.PostHogSinkFactory;
import dev.telemetry.sink.segment.SegmentSinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Binds the sinks for vendors: each needs an address and a key, and neither without the
 * other is of any use.
 */
final class VendorSinkSettings {

	/**
	 * Keys that open a project to whoever has them, in place of those that only write.
	 */
	private static final String PERSONAL_KEY = "phx_";

	private final SettingReader reader;

	private final HttpSinkSettings http;

	VendorSinkSettings(SettingReader reader, HttpSinkSettings http) {
		this.reader = reader;
		this.http = http;
	}

	TelemetrySettings.Vendors bind() {
		return new TelemetrySettings.Vendors(posthog(), segment(), datadog());
	}

	private TelemetrySettings.@Nullable Vendor posthog() {
		return bind(new VendorNames("posthog", "telemetry.posthog.host", "telemetry.posthog.api-key"), null,
				VendorSinkSettings::host, PostHogSinkFactory.PATH, VendorSinkSettings::apiKey);
	}

	private TelemetrySettings.@Nullable Vendor segment() {
		return bind(new VendorNames("segment", "telemetry.segment.host", "telemetry.segment.write-key"),
				URI.create(SegmentProperties.HOST), VendorSinkSettings::host, SegmentSinkFactory.PATH,
				VendorSinkSettings::key);
	}

	private TelemetrySettings.@Nullable Vendor datadog() {
		return bind(new VendorNames("datadog", "telemetry.datadog.site", "telemetry.datadog.api-key"), null,
				VendorSinkSettings::site, DatadogSinkFactory.PATH, VendorSinkSettings::key);
	}

	private TelemetrySettings.@Nullable Vendor bind(VendorNames names, @Nullable URI standard, ValueParser<URI> hosts,
			String path, ValueParser<String> keys) {
		String key = this.reader.findForSink(names.sink(), names.key(), keys).orElse(null);
		URI given = this.reader.findForSink(names.sink(), names.host(), hosts).orElse(null);
		if (isDisabled(names)) {
			return null;
		}
		URI host = (given != null) ? given : standard;
		if (key == null || host == null) {
			if (key != null) {
				reportLonely(names, names.key(), names.host());
			}
			else if (given != null) {
				reportLonely(names, names.host(), names.key());
			}
			return null;
		}
		URI endpoint = OtlpEndpoint.below(host, path);
		// The key is a credential: it disables the sink whatever is allowed
		this.http.isRefusedAsInsecure(names.sink(), names.host(), endpoint, true);
		return isDisabled(names) ? null : new TelemetrySettings.Vendor(endpoint, key, this.http.compression(),
				this.http.exportTimeout(), this.http.sslBundle());
	}

	private boolean isDisabled(VendorNames names) {
		return this.reader.disabledSinks().containsKey(names.sink());
	}

	private void reportLonely(VendorNames names, String present, String missing) {
		this.reader.disable(names.sink(), present);
		String origin = this.reader.sources().findAll(present).get(0).origin();
		this.reader.report(present, origin,
				new WrongValueException("is of no use without " + missing + ": nothing is sent", "set both"));
	}

	private static URI host(String text) {
		try {
			return OtlpEndpoint.checked(text);
		}
		catch (WrongValueException ex) {
			throw new WrongValueException(ex.problem(), "use an address such as 'https://eu.i.posthog.com' for PostHog,"
					+ " '" + SegmentProperties.HOST + "' for Segment");
		}
	}

	private static URI site(String text) {
		URI intake = DatadogSinkFactory.intake(text);
		if (intake != null) {
			return intake;
		}
		try {
			return OtlpEndpoint.checked(text);
		}
		catch (WrongValueException ex) {
			throw new WrongValueException("is no site of Datadog", "use one such as 'datadoghq.com' or 'datadoghq.eu',"
					+ " or the address of your own proxy, which begins with 'https://'");
		}
	}

	private static String apiKey(String text) {
		if (text.startsWith(PERSONAL_KEY)) {
			throw new WrongValueException("is a personal key, which opens the project to whoever finds it",
					"use the key of the project, which begins with phc_");
		}
		return key(text);
	}

	private static String key(String text) {
		if (!VendorSettings.isKey(text)) {
			throw new WrongValueException("is no key", "use the key alone, as it was issued");
		}
		return text;
	}

	/**
	 * What a vendor's sink and its properties are called.
	 *
	 * @param sink the name of the sink
	 * @param host the property with the address
	 * @param key the property with the key
	 */
	private record VendorNames(String sink, String host, String key) {

	}

}
