package dev.telemetry.autoconfigure;

import java.time.Duration;
import java.util.Map;

import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.problem.Problem;
import dev.telemetry.sdk.EventOverride;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot's binder would lose if it bound the application's own sources.
 */
class SettingGuaranteesTests {

	private final Binding binding = new Binding();

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.kafka=orders", "telemetry.consent=yes", "telemetry.http=https://a.example.com",
			"telemetry.tool=shop", "telemetry.deletion.http=https://a.example.com" })
	void valueOfAGroupConfiguresNothingAndIsAProblem(String pair) {
		TelemetrySettings absent = new Binding().bind();
		TelemetrySettings settings = this.binding.with(pair).bind();
		assertThat(settings.sinks()).isEqualTo(absent.sinks());
		assertThat(settings.tool()).isEqualTo(absent.tool());
		assertThat(settings.deletion()).isEqualTo(absent.deletion());
		assertThat(settings.consent()).isEqualTo(absent.consent());
		assertThat(this.binding.problems()).extracting(Problem::property)
			.containsExactly(pair.substring(0, pair.indexOf('=')));
	}

	@Test
	void variableOfAGroupConfiguresNothingAndIsAProblem() {
		assertThat(this.binding.variable("TELEMETRY_KAFKA", "orders").bind().sinks().kafka()).isNull();
		assertThat(this.binding.problems()).extracting(Problem::property).containsExactly("telemetry.kafka");
		assertThat(new Binding().variable("TELEMETRY_KAFKA_TOPIC", "orders").bind().sinks().kafka()).as("the control")
			.isNotNull();
	}

	@Test
	void wildcardOfAnEventIsKept() {
		assertThat(this.binding.with("telemetry.events.cart.*.enabled=false").bind().recording().overrides())
			.containsExactly(new EventOverride("cart.*", false, 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "telemetry.service-name", "telemetry.kafka.topic", "telemetry.machine-id.salt",
			"telemetry.notice.controller", "telemetry.ssl.bundle", "telemetry.deletion.email.address" })
	void placeholderWithoutValueIsNoValue(String name) {
		TelemetrySettings absent = bindWithEndpoint(new Binding());
		TelemetrySettings settings = bindWithEndpoint(this.binding.with(name + "=${NOPE}"));
		assertThat(settings.toString().replaceAll("@[0-9a-f]+", ""))
			.isEqualTo(absent.toString().replaceAll("@[0-9a-f]+", "").replace("disabled={}", disabled(settings)));
		assertThat(this.binding.problems()).extracting(Problem::property).containsExactly(name);
	}

	/** A sink of which something is wrong says so; nothing else differs. */
	private static String disabled(TelemetrySettings settings) {
		return "disabled=" + settings.sinks().disabled();
	}

	private static TelemetrySettings bindWithEndpoint(Binding binding) {
		return binding.variable("TELEMETRY_ENDPOINT", "https://collector.example.com").bind();
	}

	@Test
	void headersInOneTextAndInAVariableBesideItAreMerged() {
		TelemetrySettings.Otlp otlp = this.binding.with("telemetry.endpoint=https://collector.example.com")
			.variable("TELEMETRY_HEADERS", "X-Team: blue, X-Other: a")
			.variable("TELEMETRY_HEADERS_X_KEY", "b")
			.bind()
			.sinks()
			.otlp();
		assertThat(otlp).isNotNull();
		assertThat(Binding.values(otlp.headers()))
			.containsExactlyInAnyOrderEntriesOf(Map.of("x-team", "blue", "x-other", "a", "x-key", "b"));
		assertThat(this.binding.problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://b.example.com", "${NOPE}", "b c" })
	void wrongItemDoesNotTakeTheListWithIt(String wrong) {
		TelemetrySettings settings = this.binding
			.with("telemetry.web.allowed-hosts[0]=a.example.com", "telemetry.web.allowed-hosts[1]=" + wrong,
					"telemetry.web.allowed-hosts[2]=c.example.com")
			.bind();
		assertThat(settings.allowedHosts()).containsExactly("a.example.com", "c.example.com");
		assertThat(this.binding.problems()).extracting(Problem::property)
			.containsExactly("telemetry.web.allowed-hosts");
	}

	@Test
	void wrongValueDoesNotTakeItsGroupWithIt() {
		TelemetrySettings.Retry retry = this.binding
			.with("telemetry.delivery.retry.jitter=x", "telemetry.delivery.retry.multiplier=3",
					"telemetry.delivery.mode=at_most_once")
			.bind()
			.delivery()
			.retry();
		assertThat(retry.multiplier()).isEqualTo(3);
		assertThat(retry.jitter()).isEqualTo(0.2);
		assertThat(this.binding.problems()).extracting(Problem::property)
			.containsExactly("telemetry.delivery.retry.jitter");
	}

	/** The values that protect stay, and each problem is one. */
	@Test
	void valueThatDoesNotGoWithAnotherKeepsWhatProtects() {
		TelemetrySettings settings = this.binding
			.with("telemetry.delivery.retry.initial=5s", "telemetry.delivery.retry.max=1s",
					"telemetry.consent.max-age=x", "telemetry.machine-id.mode=x", "telemetry.batch-size=7")
			.variable("TELEMETRY_HTTP_BEARER_TOKEN", "token\n")
			.bind();
		assertThat(settings.delivery().retry().max()).isEqualTo(Duration.ofSeconds(60));
		assertThat(settings.delivery().batchSize()).isEqualTo(7);
		assertThat(settings.consent().maxAge()).isZero();
		assertThat(settings.machineId().mode()).isEqualTo(MachineIdMode.NONE);
		assertThat(this.binding.problems()).extracting(Problem::property)
			.containsExactlyInAnyOrder("telemetry.delivery.retry.max", "telemetry.consent.max-age",
					"telemetry.machine-id.mode", "telemetry.http.bearer-token");
	}

	@Test
	void settingsDoNotShowSecrets() {
		TelemetrySettings settings = this.binding
			.with("telemetry.endpoint=https://u:s3cret@collector.example.com", "telemetry.headers.X-Key=s3cret",
					"telemetry.http.endpoint=https://events.example.com", "telemetry.http.headers.X-Key=s3cret",
					"telemetry.http.bearer-token=s3cret", "telemetry.posthog.api-key=s3cret",
					"telemetry.segment.write-key=s3cret", "telemetry.datadog.api-key=s3cret",
					"telemetry.datadog.site=datadoghq.eu")
			.bind();
		assertThat(settings.properties().http().bearerToken()).as("the control").isEqualTo("s3cret");
		assertThat(settings.toString()).doesNotContain("s3cret").contains("https://events.example.com");
	}

	/** Each is a value for Spring, which knows other words and more spellings. */
	@ParameterizedTest
	@ValueSource(strings = { "telemetry.batch-size=0x10", "telemetry.batch-size=1 0",
			"telemetry.delivery.mode=at least once", "telemetry.max-attributes=#F" })
	void valueOnlySpringWouldTakeIsWrong(String pair) {
		this.binding.with(pair).bind();
		assertThat(this.binding.problems()).extracting(Problem::property)
			.containsExactly(pair.substring(0, pair.indexOf('=')));
	}

	@ParameterizedTest
	@ValueSource(strings = { "y", "n" })
	void wordsOfThePrivacyDocumentCount(String word) {
		assertThat(this.binding.with("telemetry.debug=" + word).bind().recording().debug()).isEqualTo(word.equals("y"));
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void blankValueThatWinsIsUnset() {
		assertThat(this.binding.with("telemetry.batch-size=")
			.variable("TELEMETRY_BATCH_SIZE", "7")
			.bind()
			.delivery()
			.batchSize()).isEqualTo(512);
		assertThat(this.binding.problems()).isEmpty();
	}

	@Test
	void variableOfAServiceIsNoSetting() {
		assertThat(this.binding.variable("TELEMETRY_ENDPOINT_PORT", "tcp://10.0.0.1:4318")
			.variable("TELEMETRY_KAFKA_SERVICE_HOST", "10.0.0.1")
			.bind()
			.sinks()
			.kafka()).isNull();
		assertThat(this.binding.problems()).isEmpty();
	}

}
