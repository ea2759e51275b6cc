package dev.telemetry.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where receivers of telemetry are, said by a bean in place of properties: what a service
 * connection of Testcontainers or Docker Compose supplies. Consent is not said here;
 * without a yes nothing is sent anywhere.
 */
public interface TelemetryConnectionDetails extends ConnectionDetails {

	/**
	 * Return the OTLP receiver.
	 * @return what {@code telemetry.endpoint} would hold, or {@code null} to leave it to
	 * that property
	 */
	default @Nullable URI otlpEndpoint() {
		return null;
	}

	/**
	 * Return the receiver of JSON.
	 * @return what {@code telemetry.http.endpoint} would hold, or {@code null} to leave
	 * it to that property
	 */
	default @Nullable URI httpEndpoint() {
		return null;
	}

}
