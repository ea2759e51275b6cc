package dev.telemetry.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.telemetry.setting.Headers;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.WrongValueException;
import org.jspecify.annotations.Nullable;

/**
 * Binds the sink that posts JSON, and what all sinks over HTTP have in common.
 */
final class HttpSinkSettings {

	private static final String HTTP = "http";

	private static final String ENDPOINT = "telemetry.http.endpoint";

	private final SettingReader reader;

	private final PropertyBinding binding;

	private final TelemetryProperties properties;

	HttpSinkSettings(SettingReader reader, PropertyBinding binding, TelemetryProperties properties) {
		this.reader = reader;
		this.binding = binding;
		this.properties = properties;
	}

	TelemetrySettings.@Nullable Http bind() {
		String address = this.properties.http().endpoint();
		String token = this.properties.http().bearerToken();
		Headers headers = headers(HTTP, "http.headers");
		if (token != null) {
			headers.putAll(Map.of("Authorization", "Bearer " + token));
		}
		if (address == null) {
			return null;
		}
		URI endpoint = URI.create(address);
		if (isRefusedAsInsecure(HTTP, ENDPOINT, endpoint, headers.merged().hasCredentials())) {
			this.reader.disable(HTTP, ENDPOINT);
		}
		return new TelemetrySettings.Http(endpoint, headers.merged(), this.properties.compression(),
				this.properties.exportTimeout(), this.properties.ssl().bundle());
	}

	/**
	 * Return the settings of a vendor's sink, which have these in common with all others.
	 */
	TelemetrySettings.Vendor vendor(URI endpoint, String property, String key) {
		return new TelemetrySettings.Vendor(endpoint, property, key, this.properties.compression(),
				this.properties.exportTimeout(), this.properties.ssl().bundle());
	}

	/** Headers of all sources are merged; of a name the first source wins. */
	Headers headers(String sink, String map) {
		Headers headers = new Headers();
		String property = "telemetry." + map;
		List<List<Setting>> sources = new ArrayList<>(this.reader.sources().listPerSource());
		Collections.reverse(sources);
		for (List<Setting> source : sources) {
			List<Setting> settings = new ArrayList<>(source);
			Collections.reverse(settings);
			settings.stream().filter((setting) -> Headers.isSetBy(setting, map)).forEach((setting) -> {
				this.reader.parse(property, setting, (text) -> {
					headers.put(setting, source, map, text);
					return headers;
				}, () -> {
					this.reader.disable(sink, property);
					return Optional.empty();
				});
			});
		}
		return headers;
	}

	/**
	 * Say whether events would be readable on their way, and what follows from it.
	 * @param sink the name of the sink
	 * @param property the property that holds the address
	 * @param endpoint the address
	 * @param credentials whether a secret is sent along; never in plain text
	 * @return whether nothing may be sent there
	 */
	boolean isRefusedAsInsecure(String sink, String property, URI endpoint, boolean credentials) {
		boolean allowed = this.properties.allowInsecure();
		if (!OtlpEndpoint.isInsecure(endpoint)) {
			return false;
		}
		String origin = this.binding.origin(property);
		if (credentials) {
			this.reader.disable(sink, property);
			this.reader.report(property, origin,
					new WrongValueException("would send credentials in plain text: nothing is sent", "use https"));
		}
		else {
			this.reader.report(property, origin,
					new WrongValueException("is plain http to another machine" + (allowed ? "" : ": nothing is sent"),
							allowed ? "use https" : "use https, or set telemetry.allow-insecure"));
		}
		return !allowed;
	}

}
