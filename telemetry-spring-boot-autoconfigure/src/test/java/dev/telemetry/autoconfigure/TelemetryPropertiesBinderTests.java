package dev.telemetry.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.telemetry.autoconfigure.TelemetryProperties.Compression;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.InitializeSchema;
import dev.telemetry.autoconfigure.TelemetryProperties.Consent.Store;
import dev.telemetry.consent.gate.ConsentCap;
import dev.telemetry.delivery.DeliveryMode;
import dev.telemetry.delivery.SpillSettings;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.EventOverride;
import dev.telemetry.setting.OtlpEndpoint;
import dev.telemetry.setting.OtlpProtocol;
import dev.telemetry.setting.OtlpSignal;
import dev.telemetry.spec.UndeclaredPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link TelemetryPropertiesBinder}: one value at a time.
 */
class TelemetryPropertiesBinderTests {

	private final Binding binding = new Binding();

	@Test
	void bindWhenNothingIsConfiguredGivesDefaults() {
		TelemetrySettings settings = this.binding.bind();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(settings.tool()).isEqualTo(new TelemetrySettings.Tool("demo-app", "unknown"));
		assertThat(settings.home()).isNotNull();
		assertThat(settings.home().path()).isEqualTo(Binding.USER_HOME.resolve(".demo-app"));
		assertThat(settings.consent()).isEqualTo(new TelemetrySettings.Consent(null, Duration.ofDays(395), true, true,
				true, false, false, Store.FILE, InitializeSchema.EMBEDDED));
		assertThat(settings.machineId())
			.isEqualTo(new TelemetrySettings.MachineId(MachineIdMode.ROTATING, "demo-app.telemetry.v1"));
		assertThat(settings.recording()).isEqualTo(new TelemetrySettings.Recording(Map.of(), true,
				List.of(TelemetryProperties.SPECS), null, 64, 512, List.of(), false, Duration.ofSeconds(60)));
		assertThat(settings.delivery()).isEqualTo(new TelemetrySettings.Delivery(8192, 512, Duration.ofSeconds(5),
				new TelemetrySettings.Retry(Duration.ofSeconds(1), Duration.ofSeconds(60), 1.5, 0.2),
				Duration.ofSeconds(2), SpillSettings.DEFAULTS));
		assertThat(settings.sinks())
			.isEqualTo(new TelemetrySettings.Sinks(
					new TelemetrySettings.LocalLog(Binding.USER_HOME.resolve(".demo-app/telemetry.log"),
							10 * 1024 * 1024, 5, Duration.ofDays(30)),
					false, null, null, null, Map.of(), Map.of(), null));
		assertThat(settings.allowedHosts()).isEmpty();
	}

	@Test
	void bindWhenEverythingIsConfiguredGivesIt() {
		TelemetrySettings settings = this.binding.with("telemetry.home=/srv/t", "telemetry.tool.name=acme",
				"telemetry.tool.version=2", "telemetry.consent.notice=sha256:1", "telemetry.consent.max-age=60",
				"telemetry.consent.trust-packaged=no", "telemetry.consent.detect-test-environment=off",
				"telemetry.consent.detect-ci=0", "telemetry.machine-id.mode=derived", "telemetry.machine-id.salt=s",
				"telemetry.metadata.team=blue", "telemetry.runtime-fields=false", "telemetry.local-only=true",
				"telemetry.undeclared=drop", "telemetry.max-attributes=3", "telemetry.max-attribute-length=4",
				"telemetry.debug=true", "telemetry.batch-size=7", "telemetry.batch-timeout=8",
				"telemetry.shutdown-timeout=9s", "telemetry.buffer.capacity=10", "telemetry.delivery.retry.initial=2s",
				"telemetry.delivery.retry.max=3s", "telemetry.delivery.retry.multiplier=4",
				"telemetry.delivery.retry.jitter=0.5", "telemetry.delivery.mode=at_most_once",
				"telemetry.spill.max-size=1KB", "telemetry.spill.max-age=2d", "telemetry.spill.fsync=no",
				"telemetry.file.max-size=2048", "telemetry.file.max-history=1", "telemetry.file.max-age=1d",
				"telemetry.local-path=/srv/log", "telemetry.stdout.enabled=true",
				"telemetry.web.allowed-hosts=a.example.com,b.example.com", "telemetry.consent.require-notice=yes",
				"telemetry.consent.store=jdbc", "telemetry.consent.jdbc.initialize-schema=always")
			.bind();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(settings.tool()).isEqualTo(new TelemetrySettings.Tool("acme", "2"));
		assertThat(settings.home()).isNotNull();
		assertThat(settings.home().path()).isEqualTo(Path.of("/srv/t"));
		assertThat(settings.consent()).isEqualTo(new TelemetrySettings.Consent("sha256:1", Duration.ofMinutes(1), false,
				false, false, true, false, Store.JDBC, InitializeSchema.ALWAYS));
		assertThat(settings.machineId()).isEqualTo(new TelemetrySettings.MachineId(MachineIdMode.DERIVED, "s"));
		assertThat(settings.recording()).isEqualTo(
				new TelemetrySettings.Recording(Map.of("team", "blue"), false, List.of(TelemetryProperties.SPECS),
						UndeclaredPolicy.DROP, 3, 4, List.of(), true, Duration.ofSeconds(60)));
		assertThat(settings.delivery()).isEqualTo(new TelemetrySettings.Delivery(10, 7, Duration.ofSeconds(8),
				new TelemetrySettings.Retry(Duration.ofSeconds(2), Duration.ofSeconds(3), 4, 0.5),
				Duration.ofSeconds(9), new SpillSettings(DeliveryMode.AT_MOST_ONCE, 1024, Duration.ofDays(2), false)));
		assertThat(settings.sinks()).isEqualTo(new TelemetrySettings.Sinks(
				new TelemetrySettings.LocalLog(Path.of("/srv/log"), 2048, 1, Duration.ofDays(1)), true, null, null,
				null, Map.of(), Map.of(), null));
		assertThat(this.binding.cap()).isEqualTo(ConsentCap.of("telemetry.local-only is true"));
		assertThat(settings.allowedHosts()).containsExactly("a.example.com", "b.example.com");
	}

	@Test
	void bindWhenEndpointIsConfiguredGivesOtlp() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.endpoint=https://collector.example.com/otlp/", "telemetry.signal=traces",
					"telemetry.headers.X-Key=abc", "telemetry.compression=none", "telemetry.export-timeout=3",
					"telemetry.service-name=svc", "telemetry.service-namespace=ns",
					"telemetry.deployment-environment=test", "telemetry.protocol=http/protobuf")
			.bind()
			.sinks();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(sinks.insecure()).isNull();
		TelemetrySettings.Otlp otlp = sinks.otlp();
		assertThat(otlp).isNotNull();
		assertThat(otlp.endpoint().uri()).hasToString("https://collector.example.com/otlp/v1/traces");
		assertThat(otlp.endpoint().signal()).isEqualTo(OtlpSignal.TRACES);
		assertThat(Binding.values(otlp.headers())).containsExactly(entry("X-Key", "abc"));
		assertThat(otlp.compression()).isEqualTo(Compression.NONE);
		assertThat(otlp.exportTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(otlp.resource()).containsOnly(entry("service.name", "svc"), entry("service.namespace", "ns"),
				entry("deployment.environment", "test"), entry("deployment.environment.name", "test"));
	}

	@Test
	void bindWhenOnlyEndpointIsConfiguredServiceNameIsTheTool() {
		TelemetrySettings.Otlp otlp = this.binding.with("telemetry.endpoint=https://collector.example.com")
			.bind()
			.sinks()
			.otlp();
		assertThat(otlp).isNotNull();
		assertThat(otlp.resource()).containsOnly(entry("service.name", "demo-app"));
		assertThat(otlp.compression()).isEqualTo(Compression.GZIP);
		assertThat(otlp.exportTimeout()).isEqualTo(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.batch-size=many", "telemetry.batch-size=0", "telemetry.batch-timeout=soon",
			"telemetry.export-timeout=-1", "telemetry.shutdown-timeout=x", "telemetry.buffer.capacity=1e9",
			"telemetry.max-attributes=-3", "telemetry.max-attribute-length=x", "telemetry.file.max-size=big",
			"telemetry.file.max-history=x", "telemetry.file.max-age=x", "telemetry.delivery.retry.initial=x",
			"telemetry.delivery.retry.max=1ms", "telemetry.delivery.retry.multiplier=NaN",
			"telemetry.delivery.retry.jitter=2", "telemetry.runtime-fields=maybe", "telemetry.debug=maybe",
			"telemetry.machine-id.salt=a\nb", "telemetry.tool.name=a\nb", "telemetry.home=~root/x",
			"telemetry.web.allowed-hosts=https://a", "telemetry.metadata.a=x\ny", "telemetry.tool.version=${NOPE}" })
	void bindWhenValueIsWrongIsAsIfAbsentWithOneProblem(String pair) {
		TelemetrySettings absent = new Binding().bind();
		assertThat(this.binding.with(pair).bind()).usingRecursiveComparison().isEqualTo(absent);
		String name = pair.substring(0, pair.indexOf('='));
		assertThat(this.binding.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo(name);
			assertThat(problem.origin()).isEqualTo("command line --" + name);
			assertThat(problem.action()).isNotBlank();
		});
	}

	@Test
	void bindWhenProtectingValueIsWrongTakesMostPrivateReading() {
		TelemetrySettings settings = this.binding
			.with("telemetry.local-only=maybe", "telemetry.undeclared=maybe", "telemetry.machine-id.mode=maybe",
					"telemetry.consent.max-age=maybe", "telemetry.consent.trust-packaged=maybe",
					"telemetry.consent.detect-ci=maybe", "telemetry.consent.detect-test-environment=maybe",
					"telemetry.consent.notice=a\nb", "telemetry.consent.require-notice=maybe",
					"telemetry.consent.store=maybe", "telemetry.consent.jdbc.initialize-schema=maybe",
					"telemetry.events.order.placed.enabled=maybe", "telemetry.events.order.paid.sampling-rate=maybe",
					"telemetry.enabled=maybe", "telemetry.feature.enabled=maybe")
			.bind();
		assertThat(this.binding.cap()).isNotNull();
		assertThat(settings.recording().undeclared()).isEqualTo(UndeclaredPolicy.DROP);
		assertThat(settings.machineId().mode()).isEqualTo(MachineIdMode.NONE);
		assertThat(settings.consent()).isEqualTo(new TelemetrySettings.Consent("invalid", Duration.ZERO, false, true,
				true, true, false, null, InitializeSchema.NEVER));
		assertThat(settings.recording().overrides()).containsExactlyInAnyOrder(
				new EventOverride("order.placed", false, 1), new EventOverride("order.paid", true, 0));
		assertThat(this.binding.problems()).hasSize(15).allSatisfy((problem) -> {
			assertThat(problem.origin()).startsWith("command line --telemetry.");
			assertThat(problem.toString()).doesNotContain("maybe");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "telemetry.endpoint=https://u:s3cret@a.example.com|telemetry.endpoint",
			"telemetry.endpoint=a.example.com|telemetry.endpoint", "telemetry.endpoint=${NOPE}|telemetry.endpoint",
			"telemetry.headers=s3cret|telemetry.headers", "telemetry.headers.X-Key=s3cret\\r\\nX: y|telemetry.headers",
			"telemetry.headers.X-Key=s3cret ${NOPE}|telemetry.headers",
			"telemetry.protocol=http/json|telemetry.protocol", "telemetry.compression=zip|telemetry.compression",
			"telemetry.signal=metrics|telemetry.signal" })
	void bindWhenOtlpSettingIsWrongDoesNotCreateTheSink(String pair, String property) {
		TelemetrySettings.Sinks sinks = this.binding.variable("TELEMETRY_ENDPOINT", "https://collector.example.com")
			.with(pair.replace("\\r\\n", "\r\n"))
			.bind()
			.sinks();
		assertThat(sinks.otlp()).isNull();
		assertThat(sinks.file()).isNotNull();
		assertThat(sinks.disabled()).containsExactly(entry("otlp", property + " cannot be used"));
		assertThat(this.binding.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo(property);
			assertThat(problem.toString()).doesNotContain("s3cret");
		});
	}

	@Test
	void bindWhenProtocolIsGrpcTakesAnAddressWithoutPath() {
		TelemetrySettings.Otlp otlp = this.binding
			.with("telemetry.endpoint=https://collector.example.com:4317/", "telemetry.protocol=grpc",
					"telemetry.signal=traces")
			.bind()
			.sinks()
			.otlp();
		assertThat(otlp).isNotNull();
		assertThat(otlp.protocol()).isEqualTo(OtlpProtocol.GRPC);
		assertThat(otlp.endpoint())
			.isEqualTo(new OtlpEndpoint(URI.create("https://collector.example.com:4317"), OtlpSignal.TRACES));
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void bindWhenProtocolIsGrpcTakesNoPath() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.endpoint=https://collector.example.com/v1/logs", "telemetry.protocol=grpc")
			.bind()
			.sinks();
		assertThat(sinks.otlp()).isNull();
		assertThat(this.binding.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.toString()).contains("which gRPC has not"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.local-path=~root/log", "telemetry.local-path=${NOPE}",
			"telemetry.file.enabled=maybe" })
	void bindWhenFileSettingIsWrongDoesNotCreateTheFile(String pair) {
		TelemetrySettings.Sinks sinks = this.binding.with(pair).bind().sinks();
		assertThat(sinks.file()).isNull();
		assertThat(sinks.disabled()).containsOnlyKeys("file");
		assertThat(this.binding.problems()).hasSize(1);
	}

	@Test
	void bindWhenPlainHttpToAnotherMachineCapsTheScope() {
		TelemetrySettings.Sinks sinks = this.binding.with("telemetry.endpoint=http://collector.example.com")
			.bind()
			.sinks();
		assertThat(sinks.insecure()).isEqualTo("telemetry.endpoint is neither https nor loopback");
		assertThat(this.binding.problems()).extracting(Problem::action)
			.containsExactly("use https, or set telemetry.allow-insecure");
	}

	@Test
	void bindWhenInsecureIsAllowedWarnsOnly() {
		TelemetrySettings.Sinks sinks = this.binding
			.with("telemetry.endpoint=http://collector.example.com", "telemetry.allow-insecure=true")
			.bind()
			.sinks();
		assertThat(sinks.insecure()).isNull();
		assertThat(sinks.otlp()).isNotNull();
		assertThat(this.binding.problems()).extracting(Problem::action).containsExactly("use https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.headers=Authorization: Basic abc", "telemetry.headers.X-Api-Key=abc",
			"telemetry.headers.my-token=abc", "telemetry.headers.x-honeycomb-team=abc",
			"telemetry.headers[0]=x-honeycomb-team: abc", "telemetry.headers=X-Scope-OrgID: abc" })
	void bindWhenInsecureWithCredentialsDoesNotCreateTheSink(String header) {
		this.binding.with("telemetry.endpoint=http://collector.example.com", "telemetry.allow-insecure=true", header);
		assertThat(this.binding.bind().sinks().otlp()).isNull();
		assertThat(this.binding.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.problem()).contains("credentials in plain text"));
	}

	@Test
	void bindWhenInsecureWithHarmlessHeadersIsAllowed() {
		this.binding.with("telemetry.endpoint=http://collector.example.com", "telemetry.allow-insecure=true",
				"telemetry.headers.Accept-Language=en");
		assertThat(this.binding.bind().sinks().otlp()).isNotNull();
	}

	@Test
	void bindWhenLoopbackWithCredentialsIsAllowed() {
		this.binding.with("telemetry.endpoint=http://localhost:4318", "telemetry.headers.X-Api-Key=abc");
		TelemetrySettings.Sinks sinks = this.binding.bind().sinks();
		assertThat(sinks.otlp()).isNotNull();
		assertThat(sinks.insecure()).isNull();
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void bindWhenAllowInsecureIsWrongStaysPrivate() {
		this.binding.with("telemetry.endpoint=http://collector.example.com", "telemetry.allow-insecure=maybe");
		assertThat(this.binding.bind().sinks().insecure()).isNotNull();
		assertThat(this.binding.problems()).extracting(Problem::property)
			.containsExactly("telemetry.allow-insecure", "telemetry.endpoint");
	}

	@Test
	void bindWhenValueIsEmptyIsUnset() {
		this.binding.variable("TELEMETRY_ENDPOINT", "").with("telemetry.batch-size=");
		TelemetrySettings settings = this.binding.bind();
		assertThat(settings.sinks().otlp()).isNull();
		assertThat(settings.delivery().batchSize()).isEqualTo(512);
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void bindWhenRetryMaxIsBelowInitialUsesNoLess() {
		TelemetrySettings.Retry retry = this.binding.with("telemetry.delivery.retry.initial=2m")
			.bind()
			.delivery()
			.retry();
		assertThat(retry.initial()).isEqualTo(Duration.ofMinutes(2));
		assertThat(retry.max()).isEqualTo(Duration.ofMinutes(2));
	}

	@ParameterizedTest
	@CsvSource({ "telemetry.endpiont, did you mean telemetry.endpoint?",
			"telemetry.batchsizes, did you mean telemetry.batch-size?",
			"telemetry.file.maxsiz, did you mean telemetry.file.max-size?",
			"telemetry.header.a, did you mean telemetry.headers?", "telemetry.completely.else, remove it",
			"telemetry.datadog.sites, did you mean telemetry.datadog.site?" })
	void bindWhenNameIsUnknownSaysSo(String name, String action) {
		this.binding.with(name + "=1").bind();
		assertThat(this.binding.problems())
			.containsExactly(new Problem(name, "command line --" + name, "unknown property", action));
	}

	@Test
	void bindWhenOptionIsRepeatedSaysSo() {
		this.binding.with("telemetry.endpoint=https://a.example.com/x", "telemetry.endpoint=https://b.example.com/x",
				"telemetry.service-name=a", "telemetry.service-name=b", "telemetry.batch-size=1",
				"telemetry.batch-size=2");
		assertThat(this.binding.bind().sinks().otlp()).isNull();
		assertThat(this.binding.problems()).hasSize(3)
			.allSatisfy(
					(problem) -> assertThat(problem.problem()).isEqualTo("was given more than once, or has a comma"));
	}

	@Test
	void bindWhenEventsAreOverriddenReadsEachSpelling() {
		List<EventOverride> overrides = this.binding.with("telemetry.events.order.placed.sampling-rate=0.5")
			.with("telemetry.events.cart.*.enabled=false", "telemetry.events[mail.*].enabled=false")
			.variable("TELEMETRY_EVENTS_ORDER_PLACED_ENABLED", "false")
			.variable("TELEMETRY_EVENTS_USER_LOGIN_SAMPLING_RATE", "0.1")
			.bind()
			.recording()
			.overrides();
		assertThat(this.binding.problems()).isEmpty();
		assertThat(overrides).containsExactlyInAnyOrder(new EventOverride("order.placed", false, 0.5),
				new EventOverride("cart.*", false, 1), new EventOverride("mail.*", false, 1),
				new EventOverride("user.login", true, 0.1));
	}

	@Test
	void bindWhenMapHasNoKeySaysSo() {
		this.binding.with("telemetry.metadata=team=blue").bind();
		assertThat(this.binding.problems()).extracting(Problem::problem, Problem::action)
			.containsExactly(tuple("is a map", "set telemetry.metadata.<key>"));
	}

	@Test
	void bindWhenPropertyOfTheApplicationIsBrokenStarts() {
		TelemetrySettings settings = this.binding.with("spring.application.name=${NOPE}").bind();
		assertThat(settings.tool().name()).isEqualTo("DemoApplication");
	}

	@Test
	void bindWhenNothingNamesTheApplicationHasNoHome() {
		TelemetrySettings settings = this.binding.with("spring.application.name=").mainClass(null).bind();
		assertThat(settings.home()).isNull();
		assertThat(settings.sinks().file()).isNull();
		assertThat(this.binding.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.action()).isEqualTo("set telemetry.home"));
	}

	@ParameterizedTest
	@CsvSource({ "Acme Tool!, .acme-tool", "../../etc, .etc", "DemoApplication, .demoapplication", "a/../b, .a-..-b" })
	void bindWhenNameIsNoDirectoryMakesOneOfIt(String name, String directory) {
		TelemetrySettings settings = this.binding.with("telemetry.tool.name=" + name).bind();
		assertThat(settings.home()).isNotNull();
		assertThat(settings.home().path()).isEqualTo(Binding.USER_HOME.resolve(directory));
	}

	@Test
	void bindWhenUserHomeIsUnusableHasNoHome() {
		assertThat(this.binding.userHome("?").bind().home()).isNull();
		assertThat(new Binding().userHome("/").bind().home()).isNull();
	}

	@Test
	void bindWhenMainClassAndBuildAreKnownUsesThem() {
		TelemetrySettings settings = this.binding.with("spring.application.name=")
			.with("spring.application.version=1.2")
			.mainClass("ShopApplication")
			.bind();
		assertThat(settings.tool()).isEqualTo(new TelemetrySettings.Tool("ShopApplication", "1.2"));
		assertThat(this.binding.buildVersion("3").bind().tool().version()).isEqualTo("3");
	}

}
