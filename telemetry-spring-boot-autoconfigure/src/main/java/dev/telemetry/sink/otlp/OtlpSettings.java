package dev.telemetry.sink.otlp;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import dev.telemetry.event.EventOrigin;
import dev.telemetry.sink.HttpHeaders;

/**
 * Where and how OTLP is sent, over HTTP with protobuf.
 *
 * @param endpoint the whole address, with the path of the signal
 * @param signal as what events are sent
 * @param headers header fields of every request
 * @param gzip whether bodies are compressed
 * @param exportTimeout the longest one request may take, from connecting to the last byte
 * of the answer
 * @param resource what is said about the application
 */
public record OtlpSettings(URI endpoint, OtlpSignal signal, HttpHeaders headers, boolean gzip, Duration exportTimeout,
		OtlpResource resource) {

	/** 10 seconds. */
	public static final Duration DEFAULT_EXPORT_TIMEOUT = Duration.ofSeconds(10);

	public OtlpSettings {
		Objects.requireNonNull(signal, "'signal' must not be null");
		Objects.requireNonNull(headers, "'headers' must not be null");
		Objects.requireNonNull(resource, "'resource' must not be null");
		boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
		if (!http || endpoint.getHost() == null) {
			throw new IllegalArgumentException("'endpoint' must be an http or https address with a host");
		}
		if (endpoint.getRawUserInfo() != null) {
			throw new IllegalArgumentException("'endpoint' must not hold user info: use a header");
		}
		if (exportTimeout.isNegative() || exportTimeout.isZero()) {
			throw new IllegalArgumentException("'exportTimeout' must be positive");
		}
	}

	/**
	 * Create settings with compression, the default timeout and no header fields.
	 * @param endpoint the whole address, with the path of the signal
	 * @param signal as what events are sent
	 * @param resource what is said about the application
	 * @return the settings
	 */
	public static OtlpSettings of(URI endpoint, OtlpSignal signal, OtlpResource resource) {
		return new OtlpSettings(endpoint, signal, HttpHeaders.NONE, true, DEFAULT_EXPORT_TIMEOUT, resource);
	}

	OtlpSettings runningAt(EventOrigin origin) {
		return new OtlpSettings(this.endpoint, this.signal, this.headers, this.gzip, this.exportTimeout,
				this.resource.runningAt(origin));
	}

	boolean isSecure() {
		return "https".equalsIgnoreCase(this.endpoint.getScheme());
	}

	/** Return host and port, as messages name them. */
	String hostAndPort() {
		int port = this.endpoint.getPort();
		return this.endpoint.getHost() + ":" + ((port >= 0) ? port : isSecure() ? 443 : 80);
	}

	/** Return the address without its query, which may hold a secret. */
	String target() {
		return this.endpoint.getScheme() + "://" + this.endpoint.getRawAuthority() + this.endpoint.getRawPath();
	}

	/** Return everything but the query and the header values. */
	@Override
	public String toString() {
		return "OtlpSettings[" + target() + ", " + this.signal + ", headers=" + this.headers + ", gzip=" + this.gzip
				+ ", exportTimeout=" + this.exportTimeout + "]";
	}

}
