package dev.telemetry.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * The addresses of destinations of telemetry, supplied by a bean in place of properties,
 * as by a service connection of Testcontainers or Docker Compose. This does not grant
 * consent; without a grant nothing is sent anywhere.
 */
public interface TelemetryConnectionDetails extends ConnectionDetails {

	/**
	 * Return the OTLP destination.
	 * @return what {@code telemetry.endpoint} would hold, or {@code null} to leave it to
	 * that property
	 */
	default @Nullable URI otlpEndpoint() {
		return null;
	}

	/**
	 * Return the OTLP destination that is used when {@code telemetry.protocol} is
	 * {@code grpc}. A service usually has another port for it.
	 * @return what {@code telemetry.endpoint} would hold, or {@code null} to leave it to
	 * that property; by default {@link #otlpEndpoint()}
	 */
	default @Nullable URI otlpGrpcEndpoint() {
		return otlpEndpoint();
	}

	/**
	 * Return the destination for JSON.
	 * @return what {@code telemetry.http.endpoint} would hold, or {@code null} to leave
	 * it to that property
	 */
	default @Nullable URI httpEndpoint() {
		return null;
	}

}
