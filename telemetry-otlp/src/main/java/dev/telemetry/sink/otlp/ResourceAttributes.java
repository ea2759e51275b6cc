package dev.telemetry.sink.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/** Writes {@link OtlpResource} as OpenTelemetry's resource, with nothing added. */
final class ResourceAttributes {

	private ResourceAttributes() {
	}

	static Resource of(OtlpResource resource, @Nullable String optInSource) {
		AttributesBuilder attributes = Attributes.builder();
		put(attributes, "service.name", resource.serviceName());
		put(attributes, "service.namespace", resource.serviceNamespace());
		put(attributes, "service.version", resource.serviceVersion());
		put(attributes, "deployment.environment", resource.deploymentEnvironment());
		put(attributes, "deployment.environment.name", resource.deploymentEnvironment());
		put(attributes, "telemetry.opt_in_source", optInSource);
		put(attributes, "os.type", resource.os());
		put(attributes, "host.arch", resource.arch());
		put(attributes, "process.runtime.version", resource.javaVersion());
		return Resource.create(attributes.build());
	}

	private static void put(AttributesBuilder attributes, String key, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			attributes.put(key, value);
		}
	}

}
