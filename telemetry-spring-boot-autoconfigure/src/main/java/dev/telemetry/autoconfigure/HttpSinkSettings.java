package dev.telemetry.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
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

	/** As in a header field, RFC 6750 section 2.1. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,4096}=*");

	private final SettingReader reader;

	private final TelemetryProperties defaults;

	private final Compression compression;

	private final Duration exportTimeout;

	HttpSinkSettings(SettingReader reader, TelemetryProperties defaults) {
		this.reader = reader;
		this.defaults = defaults;
		// Read once for all sinks, so that a wrong value is one problem
		this.compression = reader.findForSink("otlp", "telemetry.compression", ValueParser.choice(Compression.class))
			.orElse(defaults.compression());
		this.exportTimeout = reader.read("telemetry.export-timeout",
				ValueParser.duration(Duration.ofMillis(1), Duration.ofHours(1)), defaults.exportTimeout());
	}

	TelemetrySettings.@Nullable Http bind() {
		URI endpoint = this.reader.findForSink(HTTP, ENDPOINT, HttpSinkSettings::endpoint).orElse(null);
		Headers headers = headers(HTTP, "http.headers");
		this.reader.findForSink(HTTP, "telemetry.http.bearer-token", HttpSinkSettings::authorization)
			.ifPresent(headers::putAll);
		if (endpoint == null) {
			return null;
		}
		if (isRefusedAsInsecure(HTTP, ENDPOINT, endpoint, headers.merged().hasCredentials())) {
			this.reader.disable(HTTP, ENDPOINT);
		}
		return new TelemetrySettings.Http(endpoint, headers.merged(), this.compression, this.exportTimeout,
				sslBundle());
	}

	private static URI endpoint(String text) {
		try {
			return OtlpEndpoint.checked(text);
		}
		catch (WrongValueException ex) {
			throw new WrongValueException(ex.problem(), "use an address such as 'https://telemetry.example.com/events',"
					+ " and put credentials into telemetry.http.headers");
		}
	}

	private static Map<String, String> authorization(String token) {
		if (!TOKEN.matcher(token).matches()) {
			throw new WrongValueException("is no bearer token", "use the token alone, as it was issued");
		}
		return Map.of("Authorization", "Bearer " + token);
	}

	Duration exportTimeout() {
		return this.exportTimeout;
	}

	Compression compression() {
		return this.compression;
	}

	@Nullable String sslBundle() {
		return this.reader.find("telemetry.ssl.bundle", ValueParser.line(255), Optional::empty).orElse(null);
	}

	boolean allowInsecure() {
		return this.reader.read("telemetry.allow-insecure", ValueParser.flag(), this.defaults.allowInsecure(), false);
	}

	/** Headers of all sources are merged; of a name the first source wins. */
	Headers headers(String sink, String map) {
		Headers headers = new Headers();
		String property = "telemetry." + map;
		List<Setting> settings = new ArrayList<>(this.reader.sources().list());
		Collections.reverse(settings);
		for (Setting setting : settings) {
			if (Headers.isSetBy(setting, map)) {
				this.reader.parse(property, setting, (text) -> {
					headers.put(setting, map, text);
					return headers;
				}, () -> {
					this.reader.disable(sink, property);
					return Optional.empty();
				});
			}
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
		boolean allowed = allowInsecure();
		if (!OtlpEndpoint.isInsecure(endpoint)) {
			return false;
		}
		String origin = this.reader.sources().findAll(property).get(0).origin();
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
