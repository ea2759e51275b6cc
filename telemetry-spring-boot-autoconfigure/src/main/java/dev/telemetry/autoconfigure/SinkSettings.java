package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.otlp.OtlpProtocol;
import dev.telemetry.sink.otlp.OtlpSignal;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Binds where events go: the local log, standard output and receivers elsewhere.
 */
final class SinkSettings {

	private static final String FILE = "file";

	private static final String OTLP = "otlp";

	private static final String ENDPOINT = "telemetry.endpoint";

	/** As Kafka has it; names made of dots alone are its own. */
	private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

	private final SettingReader reader;

	private final TelemetryProperties defaults;

	private final ToolSettings tools;

	private final HttpSinkSettings http;

	private final VendorSinkSettings vendors;

	SinkSettings(SettingReader reader, TelemetryProperties defaults, ToolSettings tools) {
		this.reader = reader;
		this.defaults = defaults;
		this.tools = tools;
		this.http = new HttpSinkSettings(reader, defaults);
		this.vendors = new VendorSinkSettings(reader, this.http);
	}

	TelemetrySettings.Sinks bind(@Nullable Home home, TelemetrySettings.Tool tool) {
		TelemetrySettings.LocalLog file = file(home);
		boolean stdout = this.reader.findForSink("stdout", "telemetry.stdout.enabled", ValueParser.flag())
			.orElse(this.defaults.stdout().enabled());
		TelemetrySettings.Otlp otlp = otlp(tool);
		boolean insecure = otlp != null && this.http.isRefusedAsInsecure(OTLP, ENDPOINT, otlp.endpoint().uri(),
				otlp.headers().hasCredentials());
		TelemetrySettings.Http http = this.http.bind();
		TelemetrySettings.Vendors vendors = this.vendors.bind();
		Map<String, String> disabled = this.reader.disabledSinks();
		return new TelemetrySettings.Sinks(disabled.containsKey(FILE) ? null : file, stdout,
				disabled.containsKey(OTLP) ? null : otlp, disabled.containsKey("http") ? null : http, kafka(), vendors,
				disabled, localOnly(insecure));
	}

	private TelemetrySettings.@Nullable LocalLog file(@Nullable Home home) {
		boolean enabled = this.reader.findForSink(FILE, "telemetry.file.enabled", ValueParser.flag())
			.orElse(this.defaults.file().enabled());
		Path path = this.reader.findForSink(FILE, "telemetry.local-path", this.tools::path)
			.orElse((home != null) ? home.resolve("telemetry.log") : null);
		TelemetryProperties.File file = this.defaults.file();
		long size = this.reader
			.read("telemetry.file.max-size", ValueParser.size(DataSize.ofKilobytes(1)), file.maxSize())
			.toBytes();
		int history = this.reader.read("telemetry.file.max-history", ValueParser.wholeNumber(0, 1000),
				file.maxHistory());
		Duration age = this.reader.read("telemetry.file.max-age",
				ValueParser.duration(Duration.ofSeconds(1), Duration.ofDays(36500)), file.maxAge());
		if (enabled && path == null) {
			this.reader.disable(FILE, "without telemetry.home its file");
		}
		return (enabled && path != null) ? new TelemetrySettings.LocalLog(path, size, history, age) : null;
	}

	private TelemetrySettings.@Nullable Otlp otlp(TelemetrySettings.Tool tool) {
		OtlpSignal signal = this.reader.findForSink(OTLP, "telemetry.signal", ValueParser.choice(OtlpSignal.class))
			.orElse(null);
		OtlpProtocol protocol = this.reader.findForSink(OTLP, "telemetry.protocol", SinkSettings::protocol)
			.orElse(OtlpProtocol.HTTP_PROTOBUF);
		OtlpEndpoint endpoint = this.reader
			.findForSink(OTLP, ENDPOINT,
					(text) -> (protocol == OtlpProtocol.GRPC) ? OtlpEndpoint.parseGrpc(text, signal)
							: OtlpEndpoint.parse(text, signal))
			.orElse(null);
		HttpHeaders headers = this.http.headers(OTLP, "headers").merged();
		Duration timeout = this.http.exportTimeout();
		Map<String, String> resource = resource(tool);
		return (endpoint != null) ? new TelemetrySettings.Otlp(protocol, endpoint, headers, this.http.compression(),
				timeout, resource, this.http.sslBundle()) : null;
	}

	private TelemetrySettings.@Nullable Kafka kafka() {
		return this.reader.findForSink("kafka", "telemetry.kafka.topic", SinkSettings::topic)
			.map((topic) -> new TelemetrySettings.Kafka(topic, this.http.exportTimeout(), this.http.allowInsecure()))
			.orElse(null);
	}

	private static String topic(String text) {
		if (!TOPIC.matcher(text).matches()) {
			throw new WrongValueException("is no name of a Kafka topic",
					"use 1 to 249 letters, digits, dots, hyphens and underscores");
		}
		return text;
	}

	private static OtlpProtocol protocol(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "http/protobuf" -> OtlpProtocol.HTTP_PROTOBUF;
			case "grpc" -> OtlpProtocol.GRPC;
			default -> throw new WrongValueException("is neither 'http/protobuf' nor 'grpc'", "use one of them");
		};
	}

	private Map<String, String> resource(TelemetrySettings.Tool tool) {
		Map<String, String> resource = new LinkedHashMap<>();
		putText(resource, "service.name", "telemetry.service-name", tool.name());
		putText(resource, "service.namespace", "telemetry.service-namespace", null);
		putText(resource, "deployment.environment", "telemetry.deployment-environment", null);
		String environment = resource.get("deployment.environment");
		if (environment != null) {
			resource.put("deployment.environment.name", environment);
		}
		return resource;
	}

	private void putText(Map<String, String> resource, String attribute, String name, @Nullable String otherwise) {
		String text = this.reader.find(name, ValueParser.line(255), Optional::empty).orElse(otherwise);
		if (text != null) {
			resource.put(attribute, text);
		}
	}

	private @Nullable String localOnly(boolean insecure) {
		for (String name : List.of("telemetry.local-only", "telemetry.local")) {
			if (this.reader.read(name, ValueParser.flag(), this.defaults.localOnly(), true)) {
				return name + " is true";
			}
		}
		return insecure ? ENDPOINT + " is neither https nor loopback" : null;
	}

}
