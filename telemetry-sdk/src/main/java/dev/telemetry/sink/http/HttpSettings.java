package dev.telemetry.sink.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import dev.telemetry.sent.SentRecorder;
import dev.telemetry.sink.HttpHeaders;

/**
 * Where and how a sink sends over HTTP.
 *
 * @param endpoint the whole address
 * @param headers header fields of every request
 * @param gzip whether bodies are compressed
 * @param exportTimeout the longest one request may take, from connecting to the last byte
 * of the answer
 * @param property the name of the property that holds the address, for messages
 * @param sent remembers the requests for the user they are about
 */
public record HttpSettings(URI endpoint, HttpHeaders headers, boolean gzip, Duration exportTimeout, String property,
		SentRecorder sent) {

	/** 10 seconds. */
	public static final Duration DEFAULT_EXPORT_TIMEOUT = Duration.ofSeconds(10);

	public HttpSettings {
		Objects.requireNonNull(headers, "'headers' must not be null");
		Objects.requireNonNull(property, "'property' must not be null");
		Objects.requireNonNull(sent, "'sent' must not be null");
		String scheme = (endpoint.getScheme() != null) ? endpoint.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
			throw new IllegalArgumentException("'endpoint' must be an http or https address with a host");
		}
		// Libraries compare it as it is written
		endpoint = URI.create(scheme + endpoint.toString().substring(scheme.length()));
		if (endpoint.getRawUserInfo() != null) {
			throw new IllegalArgumentException("'endpoint' must not hold user info: use a header");
		}
		if (exportTimeout.isNegative() || exportTimeout.isZero()) {
			throw new IllegalArgumentException("'exportTimeout' must be positive");
		}
	}

	/**
	 * Create settings of requests that are not remembered.
	 * @param endpoint the whole address
	 * @param headers header fields of every request
	 * @param gzip whether bodies are compressed
	 * @param exportTimeout the longest one request may take
	 * @param property the name of the property that holds the address
	 */
	public HttpSettings(URI endpoint, HttpHeaders headers, boolean gzip, Duration exportTimeout, String property) {
		this(endpoint, headers, gzip, exportTimeout, property, SentRecorder.NONE);
	}

	/** Return whether the address asks for TLS. */
	public boolean isSecure() {
		return "https".equals(this.endpoint.getScheme());
	}

	/**
	 * Return host and port, as messages name them.
	 * @return for example {@code collector.example.com:443}
	 */
	public String hostAndPort() {
		return this.endpoint.getHost() + ":" + port();
	}

	int port() {
		int port = this.endpoint.getPort();
		return (port >= 0) ? port : isSecure() ? 443 : 80;
	}

	/**
	 * Return the address without its query, which may hold a secret.
	 * @return scheme, host, port and path
	 */
	public String target() {
		return this.endpoint.getScheme() + "://" + this.endpoint.getRawAuthority() + this.endpoint.getRawPath();
	}

	/** Return the name of a property beside the one with the address. */
	String propertyBeside(String name) {
		return this.property.substring(0, this.property.lastIndexOf('.') + 1) + name;
	}

	/** Return everything but the query and the header values. */
	@Override
	public String toString() {
		return "HttpSettings[" + target() + ", headers=" + this.headers + ", gzip=" + this.gzip + ", exportTimeout="
				+ this.exportTimeout + "]";
	}

}
