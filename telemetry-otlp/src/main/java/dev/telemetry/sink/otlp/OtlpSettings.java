package dev.telemetry.sink.otlp;

import java.net.URI;
import java.util.Objects;

import dev.telemetry.event.EventOrigin;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.http.HttpSettings;

/**
 * Where and how OTLP is sent.
 *
 * @param protocol how it travels
 * @param http the address, over HTTP with the path of the signal, and how requests are
 * made
 * @param signal as what events are sent
 * @param resource what is said about the application
 */
public record OtlpSettings(OtlpProtocol protocol, HttpSettings http, OtlpSignal signal, OtlpResource resource) {

	public OtlpSettings {
		Objects.requireNonNull(protocol, "'protocol' must not be null");
		Objects.requireNonNull(http, "'http' must not be null");
		Objects.requireNonNull(signal, "'signal' must not be null");
		Objects.requireNonNull(resource, "'resource' must not be null");
	}

	/**
	 * Create settings for HTTP with compression, the default timeout and no header
	 * fields.
	 * @param endpoint the whole address, with the path of the signal
	 * @param signal as what events are sent
	 * @param resource what is said about the application
	 * @return the settings
	 */
	public static OtlpSettings of(URI endpoint, OtlpSignal signal, OtlpResource resource) {
		return new OtlpSettings(OtlpProtocol.HTTP_PROTOBUF, new HttpSettings(endpoint, HttpHeaders.NONE, true,
				HttpSettings.DEFAULT_EXPORT_TIMEOUT, "telemetry.endpoint"), signal, resource);
	}

	OtlpSettings runningAt(EventOrigin origin) {
		return new OtlpSettings(this.protocol, this.http, this.signal, this.resource.runningAt(origin));
	}

}
