package dev.telemetry.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.otlp.OtlpSignal;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Binds where events go: the local log, standard output and the OTLP receiver.
 */
final class SinkSettings {

	private static final String FILE = "file";

	private static final String OTLP = "otlp";

	private static final String ENDPOINT = "telemetry.endpoint";

	private static final String HEADERS = "telemetry.headers";

	/** As Kafka has it; names made of dots alone are its own. */
	private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

	private final SettingReader reader;

	private final TelemetryProperties defaults;

	private final ToolSettings tools;

	SinkSettings(SettingReader reader, TelemetryProperties defaults, ToolSettings tools) {
		this.reader = reader;
		this.defaults = defaults;
		this.tools = tools;
	}

	TelemetrySettings.Sinks bind(@Nullable Home home, TelemetrySettings.Tool tool) {
		TelemetrySettings.LocalLog file = file(home);
		boolean stdout = this.reader.findForSink("stdout", "telemetry.stdout.enabled", ValueParser.flag())
			.orElse(this.defaults.stdout().enabled());
		TelemetrySettings.Otlp otlp = otlp(tool);
		boolean insecure = otlp != null && judgeInsecure(otlp);
		Map<String, String> disabled = this.reader.disabledSinks();
		return new TelemetrySettings.Sinks(disabled.containsKey(FILE) ? null : file, stdout,
				disabled.containsKey(OTLP) ? null : otlp, kafka(), disabled, localOnly(insecure));
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
		OtlpEndpoint endpoint = this.reader.findForSink(OTLP, ENDPOINT, (text) -> OtlpEndpoint.parse(text, signal))
			.orElse(null);
		this.reader.findForSink(OTLP, "telemetry.protocol", SinkSettings::protocol);
		Compression compression = this.reader
			.findForSink(OTLP, "telemetry.compression", ValueParser.choice(Compression.class))
			.orElse(this.defaults.compression());
		HttpHeaders headers = headers();
		Duration timeout = exportTimeout();
		Map<String, String> resource = resource(tool);
		return (endpoint != null) ? new TelemetrySettings.Otlp(endpoint, headers, compression, timeout, resource)
				: null;
	}

	private Duration exportTimeout() {
		return this.reader.read("telemetry.export-timeout",
				ValueParser.duration(Duration.ofMillis(1), Duration.ofHours(1)), this.defaults.exportTimeout());
	}

	private TelemetrySettings.@Nullable Kafka kafka() {
		return this.reader.findForSink("kafka", "telemetry.kafka.topic", SinkSettings::topic)
			.map((topic) -> new TelemetrySettings.Kafka(topic, exportTimeout(), allowInsecure()))
			.orElse(null);
	}

	private static String topic(String text) {
		if (!TOPIC.matcher(text).matches()) {
			throw new WrongValueException("is no name of a Kafka topic",
					"use 1 to 249 letters, digits, dots, hyphens and underscores");
		}
		return text;
	}

	private boolean allowInsecure() {
		return this.reader.read("telemetry.allow-insecure", ValueParser.flag(), this.defaults.allowInsecure(), false);
	}

	private static String protocol(String text) {
		if (!text.equalsIgnoreCase("http/protobuf")) {
			throw new WrongValueException(
					text.equalsIgnoreCase("grpc") ? "is 'grpc', which is not available yet" : "is not 'http/protobuf'",
					"use 'http/protobuf'");
		}
		return "http/protobuf";
	}

	/** Headers of all sources are merged; of a name the first source wins. */
	private HttpHeaders headers() {
		Headers headers = new Headers();
		List<Setting> settings = new ArrayList<>(this.reader.sources().list());
		Collections.reverse(settings);
		for (Setting setting : settings) {
			String name = setting.below("headers");
			if (name != null || KnownProperties.is(setting, "headers")) {
				this.reader.parse(HEADERS, setting, (text) -> {
					headers.putAll((name != null) ? Map.of(headerName(setting, name), text) : HeaderString.parse(text));
					return headers;
				}, () -> {
					this.reader.disable(OTLP, HEADERS);
					return Optional.empty();
				});
			}
		}
		return headers.merged();
	}

	/** A variable cannot spell dashes, and header names have hardly ever underscores. */
	private static String headerName(Setting setting, String name) {
		return (setting.spelling() == Spelling.VARIABLE) ? name.replace('_', '-') : name;
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

	/** Says whether events would be readable on their way, and what follows from it. */
	private boolean judgeInsecure(TelemetrySettings.Otlp otlp) {
		boolean allowed = allowInsecure();
		if (!otlp.endpoint().isInsecure()) {
			return false;
		}
		String origin = this.reader.sources().findAll(ENDPOINT).get(0).origin();
		if (otlp.headers().hasCredentials()) {
			this.reader.disable(OTLP, ENDPOINT);
			this.reader.report(ENDPOINT, origin,
					new WrongValueException("would send credentials in plain text: nothing is sent", "use https"));
		}
		else {
			this.reader.report(ENDPOINT, origin,
					new WrongValueException("is plain http to another machine" + (allowed ? "" : ": nothing is sent"),
							allowed ? "use https" : "use https, or set telemetry.allow-insecure"));
		}
		return !allowed;
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
