package dev.telemetry.sink.otlp;

import java.util.Objects;

import dev.telemetry.event.EventOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the application that sends; nothing else is ever added.
 *
 * @param serviceName {@code service.name}
 * @param serviceNamespace {@code service.namespace}, or {@code null}
 * @param serviceVersion {@code service.version}, or {@code null}
 * @param deploymentEnvironment {@code deployment.environment} and
 * {@code deployment.environment.name}, or {@code null}
 * @param os {@code os.type}, or {@code null}
 * @param arch {@code host.arch}, or {@code null}
 * @param javaVersion {@code process.runtime.version}: the major version, or {@code null}
 */
public record OtlpResource(String serviceName, @Nullable String serviceNamespace, @Nullable String serviceVersion,
		@Nullable String deploymentEnvironment, @Nullable String os, @Nullable String arch,
		@Nullable String javaVersion) {

	public OtlpResource {
		Objects.requireNonNull(serviceName, "'serviceName' must not be null");
	}

	/**
	 * Create a resource that names the service only.
	 * @param serviceName the name of the service
	 * @return the resource
	 */
	public static OtlpResource of(String serviceName) {
		return new OtlpResource(serviceName, null, null, null, null, null, null);
	}

	/**
	 * Add what an origin says about where the application runs.
	 * @param origin the origin of the events
	 * @return the fuller resource
	 */
	OtlpResource runningAt(EventOrigin origin) {
		return new OtlpResource(this.serviceName, this.serviceNamespace, this.serviceVersion,
				this.deploymentEnvironment, origin.os(), origin.arch(), origin.javaVersion());
	}

}
