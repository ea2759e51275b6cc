package dev.telemetry.sink.otlp;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Says what is said about the application that sends, and about where events were
 * recorded; nothing is added.
 */
final class ResourceAttributes {

	private final OtlpResource resource;

	private final @Nullable String optInSource;

	ResourceAttributes(OtlpResource resource, @Nullable String optInSource) {
		this.resource = resource;
		this.optInSource = optInSource;
	}

	/** Return the values by name, in the order in which they are sent. */
	SortedMap<String, String> of(EventSource source) {
		SortedMap<String, String> values = new TreeMap<>();
		put(values, "service.name", this.resource.serviceName());
		put(values, "service.namespace", this.resource.serviceNamespace());
		put(values, "service.version", this.resource.serviceVersion());
		put(values, "deployment.environment", this.resource.deploymentEnvironment());
		put(values, "deployment.environment.name", this.resource.deploymentEnvironment());
		put(values, "telemetry.opt_in_source", this.optInSource);
		put(values, "os.type", this.resource.os());
		put(values, "host.arch", this.resource.arch());
		put(values, "process.runtime.version", this.resource.javaVersion());
		put(values, "tool.name", source.tool());
		put(values, "tool.version", source.toolVersion());
		put(values, "machine.id", source.machineId());
		put(values, "session.id", source.sessionId());
		return Collections.unmodifiableSortedMap(values);
	}

	/** Return the same as OpenTelemetry's resource. */
	Resource resource(EventSource source) {
		AttributesBuilder attributes = Attributes.builder();
		of(source).forEach(attributes::put);
		return Resource.create(attributes.build());
	}

	private static void put(SortedMap<String, String> values, String key, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			values.put(key, value);
		}
	}

}
