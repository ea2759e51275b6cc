package dev.telemetry.connection;

import java.net.URI;
import java.util.List;

import dev.telemetry.autoconfigure.TelemetryConnectionDetails;
import org.testcontainers.containers.Container;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Makes {@link TelemetryConnectionDetails} for a container with
 * {@link org.springframework.boot.testcontainers.service.connection.ServiceConnection @ServiceConnection}
 * that runs an OpenTelemetry Collector. This grants no consent.
 */
final class TelemetryContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, TelemetryConnectionDetails> {

	TelemetryContainerConnectionDetailsFactory() {
		super(List.of(OtlpAddress.COLLECTOR_IMAGE, OtlpAddress.GRAFANA_IMAGE));
	}

	@Override
	protected TelemetryConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new ContainerDetails(source);
	}

	/** The addresses of a container, which is asked when they are needed. */
	private static final class ContainerDetails extends ContainerConnectionDetails<Container<?>>
			implements TelemetryConnectionDetails {

		private ContainerDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
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
			Container<?> container = getContainer();
			return OtlpAddress.of(container.getHost(), container.getMappedPort(port), getSslBundle() != null);
		}

	}

}
