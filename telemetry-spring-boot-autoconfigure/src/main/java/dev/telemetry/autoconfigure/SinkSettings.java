package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.telemetry.autoconfigure.PropertySyntax.OtlpProtocolName;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Binds where events go: the local log, standard output and remote destinations.
 */
final class SinkSettings {

	private static final String FILE = "file";

	private static final String OTLP = "otlp";

	private static final String ENDPOINT = "telemetry.endpoint";

	private final SettingReader reader;

	private final PropertyBinding binding;

	private final TelemetryProperties properties;

	private final ToolSettings tools;

	private final HttpSinkSettings http;

	private final VendorSinkSettings vendors;

	SinkSettings(SettingReader reader, PropertyBinding binding, TelemetryProperties properties, ToolSettings tools) {
		this.reader = reader;
		this.binding = binding;
		this.properties = properties;
		this.tools = tools;
		this.http = new HttpSinkSettings(reader, binding, properties);
		this.vendors = new VendorSinkSettings(reader, binding, this.http);
	}

	TelemetrySettings.Sinks bind(@Nullable Home home, TelemetrySettings.Tool tool) {
		TelemetrySettings.LocalLog file = file(home);
		TelemetrySettings.Otlp otlp = otlp(tool);
		boolean insecure = otlp != null && this.http.isRefusedAsInsecure(OTLP, ENDPOINT, otlp.endpoint().uri(),
				otlp.headers().hasCredentials());
		TelemetrySettings.Http http = this.http.bind();
		Map<VendorSink, TelemetrySettings.Vendor> vendors = this.vendors.bind();
		Map<String, String> disabled = this.reader.disabledSinks();
		return new TelemetrySettings.Sinks(disabled.containsKey(FILE) ? null : file, this.properties.stdout().enabled(),
				disabled.containsKey(OTLP) ? null : otlp, disabled.containsKey("http") ? null : http, kafka(), vendors,
				disabled, insecure ? ENDPOINT + " is neither https nor loopback" : null);
	}

	private TelemetrySettings.@Nullable LocalLog file(@Nullable Home home) {
		TelemetryProperties.File file = this.properties.file();
		Path path = this.binding.convert("telemetry.local-path", this.properties.localPath(), this.tools::path)
			.orElse((home != null) ? home.resolve("telemetry.log") : null);
		if (file.enabled() && path == null) {
			this.reader.disable(FILE, "without telemetry.home its file");
		}
		return (file.enabled() && path != null)
				? new TelemetrySettings.LocalLog(path, file.maxSize().toBytes(), file.maxHistory(), file.maxAge())
				: null;
	}

	private TelemetrySettings.@Nullable Otlp otlp(TelemetrySettings.Tool tool) {
		OtlpSignal signal = this.properties.signal();
		OtlpProtocol protocol = this.properties.protocol().equals(OtlpProtocolName.GRPC) ? OtlpProtocol.GRPC
				: OtlpProtocol.HTTP_PROTOBUF;
		OtlpEndpoint endpoint = this.binding
			.convert(ENDPOINT, this.properties.endpoint(),
					(text) -> (protocol == OtlpProtocol.GRPC) ? OtlpEndpoint.parseGrpc(text, signal)
							: OtlpEndpoint.parse(text, signal))
			.orElse(null);
		HttpHeaders headers = this.http.headers(OTLP, "headers").merged();
		return (endpoint != null)
				? new TelemetrySettings.Otlp(protocol, endpoint, headers, this.properties.compression(),
						this.properties.exportTimeout(), resource(tool), this.properties.ssl().bundle())
				: null;
	}

	private TelemetrySettings.@Nullable Kafka kafka() {
		String topic = this.properties.kafka().topic();
		return (topic != null)
				? new TelemetrySettings.Kafka(topic, this.properties.exportTimeout(), this.properties.allowInsecure())
				: null;
	}

	private Map<String, String> resource(TelemetrySettings.Tool tool) {
		Map<String, String> resource = new LinkedHashMap<>();
		String environment = this.properties.deploymentEnvironment();
		putText(resource, "service.name", this.properties.serviceName(), tool.name());
		putText(resource, "service.namespace", this.properties.serviceNamespace(), null);
		putText(resource, "deployment.environment", environment, null);
		putText(resource, "deployment.environment.name", environment, null);
		return resource;
	}

	private static void putText(Map<String, String> resource, String attribute, @Nullable String value,
			@Nullable String otherwise) {
		String text = (value != null) ? value : otherwise;
		if (text != null) {
			resource.put(attribute, text);
		}
	}

}
