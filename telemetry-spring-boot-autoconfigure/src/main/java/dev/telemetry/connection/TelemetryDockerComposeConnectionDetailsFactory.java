package dev.telemetry.connection;

import java.net.URI;

import dev.telemetry.autoconfigure.TelemetryConnectionDetails;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Makes {@link TelemetryConnectionDetails} for a service of Docker Compose that runs an
 * OpenTelemetry Collector. This grants no consent.
 */
final class TelemetryDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<TelemetryConnectionDetails> {

	private static final String[] IMAGES = { OtlpAddress.COLLECTOR_IMAGE, OtlpAddress.GRAFANA_IMAGE };

	TelemetryDockerComposeConnectionDetailsFactory() {
		super(IMAGES);
	}

	@Override
	protected TelemetryConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new ServiceDetails(source.getRunningService());
	}

	/** The addresses of a running service. */
	private static final class ServiceDetails extends DockerComposeConnectionDetails
			implements TelemetryConnectionDetails {

		private final RunningService service;

		private final boolean tls;

		private ServiceDetails(RunningService service) {
			super(service);
			this.service = service;
			this.tls = getSslBundle(service) != null;
		}

		@Override
		public URI otlpEndpoint() {
			return address(OtlpAddress.HTTP_PORT);
		}

		@Override
		public URI otlpGrpcEndpoint() {
			return address(OtlpAddress.GRPC_PORT);
		}

		private URI address(int port) {
			return OtlpAddress.of(this.service.host(), this.service.ports().get(port), this.tls);
		}

	}

}
