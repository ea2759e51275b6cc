package dev.telemetry.connection;

import java.net.URI;
import java.util.Locale;

/** The addresses of an OpenTelemetry Collector. */
final class OtlpAddress {

	/** The image of the collector, as Spring Boot names it for its own exporters. */
	static final String COLLECTOR_IMAGE = "otel/opentelemetry-collector-contrib";

	/** An image that contains a collector. */
	static final String GRAFANA_IMAGE = "grafana/otel-lgtm";

	static final int GRPC_PORT = 4317;

	static final int HTTP_PORT = 4318;

	private OtlpAddress() {
	}

	/**
	 * Return a base address, to which the signal is added where it is used.
	 * @param host the host, as the engine names it
	 * @param port the port on that host
	 * @param tls whether the service expects TLS
	 */
	static URI of(String host, int port, boolean tls) {
		String name = host.contains(":") ? "[" + host + "]" : host;
		return URI.create(String.format(Locale.ROOT, "%s://%s:%d", tls ? "https" : "http", name, port));
	}

}
