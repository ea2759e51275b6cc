package dev.telemetry.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.setting.Headers;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import dev.telemetry.sink.HttpHeaders;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.sink.http.HttpJsonSinkFactory;
import dev.telemetry.sink.http.HttpSettings;
import dev.telemetry.sink.http.TlsSource;
import dev.telemetry.sink.otlp.OtlpResource;
import dev.telemetry.sink.otlp.OtlpSettings;
import dev.telemetry.sink.otlp.OtlpSinkFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a log is sent, and how: as the application would, to an address that may be
 * another one.
 *
 * @param http the whole address, and how requests are made
 * @param signal as what events are sent over OTLP, or {@code null} for JSON
 * @param resource what OTLP says about the application, but for its version
 * @param allowInsecure whether plain HTTP to another machine is wanted
 */
record ReplayTarget(HttpSettings http, @Nullable OtlpSignal signal, OtlpResource resource, boolean allowInsecure) {

	private static final String OTLP = "telemetry.endpoint";

	private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

	private static final String JSON = "telemetry.http.endpoint";

	/**
	 * Find out where to send.
	 * @param settings what is configured
	 * @param wish what was said on the command line
	 * @param tool the name of the tool, which is the service unless something else is
	 * configured
	 * @return the target
	 * @throws UserException if there is none, or it cannot be used
	 */
	static ReplayTarget of(ReplaySettings settings, Wish wish, String tool) {
		boolean json = isJson(settings, wish);
		String property = json ? JSON : OTLP;
		OtlpEndpoint endpoint = (wish.endpoint() != null) ? given(wish.endpoint(), json, settings)
				: settings.find(property, (text) -> endpoint(text, json, settings))
					.orElseThrow(() -> new UserException("nothing says where to send",
							"name it with --endpoint, or set " + property));
		HttpSettings http = new HttpSettings(endpoint.uri(), headers(settings, wish, json),
				settings.find("telemetry.compression", ReplayTarget::gzip).orElse(true),
				settings
					.find("telemetry.export-timeout",
							ValueParser.duration(Duration.ofMillis(1), LONGEST_REQUEST)::parse)
					.orElse(HttpSettings.DEFAULT_EXPORT_TIMEOUT),
				property);
		return new ReplayTarget(http, json ? null : endpoint.signal(), resource(settings, tool),
				settings.isOn("telemetry.allow-insecure", false));
	}

	private static boolean isJson(ReplaySettings settings, Wish wish) {
		if (wish.protocol() != null || wish.endpoint() != null) {
			return "http".equals(wish.protocol());
		}
		boolean otlp = settings.text(OTLP) != null;
		boolean json = settings.text(JSON) != null;
		if (otlp && json) {
			throw new UserException("both " + OTLP + " and " + JSON + " are set",
					"say which with --to otlp or --to http");
		}
		return json;
	}

	private static OtlpEndpoint given(String text, boolean json, ReplaySettings settings) {
		try {
			return endpoint(text, json, settings);
		}
		catch (WrongValueException ex) {
			throw new UserException("--endpoint " + ex.problem(), ex.action().replace("telemetry.headers", "--header"));
		}
	}

	private static OtlpEndpoint endpoint(String text, boolean json, ReplaySettings settings) {
		if (json) {
			return new OtlpEndpoint(OtlpEndpoint.checked(text), OtlpSignal.LOGS);
		}
		if (settings.find("telemetry.protocol", (protocol) -> protocol.toLowerCase(Locale.ROOT))
			.filter("grpc"::equals)
			.isPresent()) {
			throw new UserException("telemetry.protocol is grpc, which replay does not speak",
					"set TELEMETRY_PROTOCOL=http/protobuf for this command, and name the address for it");
		}
		OtlpSignal signal = settings.find("telemetry.signal", ValueParser.choice(OtlpSignal.class)::parse).orElse(null);
		return OtlpEndpoint.parse(text, signal);
	}

	private static boolean gzip(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "gzip" -> true;
			case "none" -> false;
			default -> throw new WrongValueException("is neither 'gzip' nor 'none'", "use one of them");
		};
	}

	/**
	 * What is configured for one address is not sent to another, which may belong to
	 * another party.
	 */
	private static HttpHeaders headers(ReplaySettings settings, Wish wish, boolean json) {
		Headers headers = (wish.endpoint() != null) ? new Headers()
				: settings.headers(json ? "http.headers" : "headers");
		try {
			if (json && wish.endpoint() == null) {
				String token = settings.text("telemetry.http.bearer-token");
				headers.putAll((token != null) ? Map.of("Authorization", "Bearer " + token) : Map.of());
			}
			for (String header : wish.headers()) {
				int colon = header.indexOf(':');
				if (colon < 0) {
					throw new WrongValueException("has no colon", "write 'Name: value'");
				}
				headers.putAll(Map.of(header.substring(0, colon).strip(), header.substring(colon + 1).strip()));
			}
			return headers.merged();
		}
		catch (WrongValueException ex) {
			throw new UserException("a header " + ex.problem(), ex.action());
		}
	}

	private static OtlpResource resource(ReplaySettings settings, String tool) {
		return new OtlpResource(Objects.requireNonNullElse(settings.text("telemetry.service-name"), tool),
				settings.text("telemetry.service-namespace"), null, settings.text("telemetry.deployment-environment"),
				null, null, null);
	}

	/** Return the name of the sink, as the application calls it. */
	String name() {
		return (this.signal != null) ? "otlp" : "http";
	}

	/** Return the destination as a notice names it. */
	NoticeDestination destination() {
		return NoticeDestination.of(name(), this.http.target());
	}

	/** Return why nothing may be sent there, or {@code null}. */
	@Nullable String insecure() {
		if (!OtlpEndpoint.isInsecure(this.http.endpoint())) {
			return null;
		}
		if (this.http.headers().hasCredentials()) {
			return "it would send credentials in plain text";
		}
		return this.allowInsecure ? null : "it is plain http to another machine";
	}

	/**
	 * Return what makes the sink.
	 * @param toolVersion the version of the application that recorded the events
	 */
	TelemetrySinkFactory factory(String toolVersion) {
		OtlpSignal signal = this.signal;
		return (signal == null) ? new HttpJsonSinkFactory(this.http, TlsSource.JAVA)
				: new OtlpSinkFactory(
						new OtlpSettings(OtlpProtocol.HTTP_PROTOBUF, this.http, signal,
								new OtlpResource(this.resource.serviceName(), this.resource.serviceNamespace(),
										toolVersion, this.resource.deploymentEnvironment(), null, null, null)),
						TlsSource.JAVA);
	}

	/**
	 * What was said on the command line.
	 *
	 * @param protocol {@code otlp}, {@code http} or {@code null}
	 * @param endpoint an address, or {@code null}
	 * @param headers header fields, {@code Name: value}
	 */
	record Wish(@Nullable String protocol, @Nullable String endpoint, List<String> headers) {

		Wish {
			headers = List.copyOf(headers);
		}

	}

}
