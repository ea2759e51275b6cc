package dev.telemetry.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

import dev.telemetry.sdk.Patience;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sent.SentLog;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.otlp.FakeCollector;
import dev.telemetry.sink.otlp.FakeCollector.Reply;
import dev.telemetry.sink.otlp.FakeGrpcCollector;
import io.grpc.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the endpoint shows what was sent, byte for byte: every comparison is with
 * what a receiver got from its socket.
 */
class SentLogTests {

	private static final String KEY = "phc_SECRET-9f3";

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private final FakeCollector collector = new FakeCollector();

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext application;

	@AfterEach
	void close() {
		this.collector.close();
		if (this.application != null) {
			this.application.close();
		}
	}

	private void start(String... properties) {
		start((context) -> {
		}, properties);
	}

	private void start(Consumer<ConfigurableApplicationContext> beans, String... properties) {
		List<String> all = new ArrayList<>(List.of(TestApplication.properties(this.directory.resolve("home"))));
		all.addAll(List.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
				"telemetry.batch-timeout=50ms", "management.endpoints.web.exposure.include=telemetry"));
		all.addAll(List.of(properties));
		this.application = new SpringApplicationBuilder(Beans.class).web(WebApplicationType.SERVLET)
			.properties(all.toArray(String[]::new))
			.initializers(beans::accept)
			.run();
	}

	private void record(int events) {
		for (int i = 0; i < events; i++) {
			sdk().context().record("order.placed");
		}
		assertThat(sdk().flush(TestApplication.LONG)).isTrue();
	}

	private TelemetrySdk sdk() {
		return TestApplication.telemetry(this.application);
	}

	private HttpResponse<byte[]> call(String method, String path) {
		int port = this.application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + port + "/actuator/telemetry" + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JsonNode json(String path) {
		HttpResponse<byte[]> answer = call("GET", path);
		assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	/** Return the requests, the oldest first, as they came. */
	private List<JsonNode> sent() {
		List<JsonNode> requests = new ArrayList<>();
		json("/sent?limit=1000").get("requests").forEach((request) -> requests.add(0, request));
		return requests;
	}

	private byte[] wire(JsonNode request) {
		HttpResponse<byte[]> answer = call("GET", "/sent/" + request.get("id").stringValue());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
		return answer.body();
	}

	private String decoded(JsonNode request) {
		HttpResponse<byte[]> answer = call("GET", "/sent/" + request.get("id").stringValue() + "?form=decoded");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/json"));
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Every body that was received is there, with its hash, and no other. */
	private void assertShowsEach(List<byte[]> received) {
		List<JsonNode> requests = sent();
		assertThat(received).isNotEmpty();
		assertThat(requests).extracting((request) -> request.get("sha256").stringValue())
			.containsExactlyElementsOf(received.stream().map(SentLogTests::sha256).toList());
		for (int i = 0; i < received.size(); i++) {
			assertThat(wire(requests.get(i))).isEqualTo(received.get(i));
			assertThat(requests.get(i).get("size").intValue()).isEqualTo(received.get(i).length);
		}
	}

	private List<byte[]> received() {
		return this.collector.requests().stream().map(FakeCollector.Request::wire).toList();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/logs, gzip", "/v1/logs, none", "/v1/traces, gzip" })
	void otlpOverHttpIsShownAsTheSocketGotIt(String path, String compression) {
		start(TestApplication.YES, "telemetry.endpoint=" + this.collector.uri(path),
				"telemetry.headers.authorization=Bearer SECRET-2", "telemetry.compression=" + compression);
		record(3);
		record(1);
		assertShowsEach(received());
		JsonNode request = sent().get(0);
		assertThat(request.get("destination").stringValue()).isEqualTo("otlp");
		assertThat(request.get("method").stringValue()).isEqualTo("POST");
		assertThat(request.get("path").stringValue()).isEqualTo(path);
		assertThat(request.get("status").intValue()).isEqualTo(200);
		assertThat(sent().stream().mapToInt((sent) -> sent.get("events").intValue()).sum()).isEqualTo(4);
		assertThat(request.get("headers").valueStream().map(JsonNode::stringValue).map(String::toLowerCase))
			.containsExactlyInAnyOrderElementsOf(
					this.collector.requests().get(0).headers().keySet().stream().map(String::toLowerCase).toList());
		assertThat(json("/sent").toString()).doesNotContain("SECRET");
		assertThat(decoded(request)).contains("order.placed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "none" })
	void otlpOverGrpcIsShownAsTheMessageCame(String compression) throws IOException {
		try (FakeGrpcCollector grpc = new FakeGrpcCollector()) {
			start(TestApplication.YES, "telemetry.endpoint=" + grpc.uri(), "telemetry.protocol=grpc",
					"telemetry.headers.x-token=SECRET-2", "telemetry.compression=" + compression);
			record(2);
			assertShowsEach(grpc.requests().stream().map(FakeGrpcCollector.Request::wire).toList());
			JsonNode request = sent().get(0);
			assertThat(request.get("protocol").stringValue()).isEqualTo("grpc");
			assertThat(request.get("path").stringValue()).isEqualTo("/" + grpc.requests().get(0).method());
			assertThat(request.get("status").intValue()).isZero();
			Metadata headers = grpc.requests().get(0).headers();
			assertThat(request.get("headers").valueStream().map(JsonNode::stringValue)).containsAll(headers.keys());
			assertThat(json("/sent").toString()).doesNotContain("SECRET");
			assertThat(decoded(request)).contains("order.placed");
		}
	}

	@ParameterizedTest
	@CsvSource({ "http, endpoint, bearer-token, gzip", "http, endpoint, bearer-token, none",
			"segment, host, write-key, gzip", "segment, host, write-key, none", "datadog, site, api-key, gzip",
			"datadog, site, api-key, none" })
	void jsonIsShownAsTheSocketGotIt(String sink, String property, String key, String compression) {
		start(TestApplication.YES, "telemetry." + sink + "." + property + "=" + this.collector.uri("/events"),
				"telemetry." + sink + "." + key + "=" + KEY, "telemetry.compression=" + compression);
		record(2);
		assertShowsEach(received());
		JsonNode request = sent().get(0);
		assertThat(request.get("destination").stringValue()).isEqualTo(sink);
		assertThat(request.get("body").stringValue()).isEqualTo(compression.equals("gzip") ? "wire_gzip" : "wire");
		assertThat(decoded(request))
			.isEqualTo(new String(this.collector.requests().get(0).body(), StandardCharsets.UTF_8));
		assertThat(json("/sent").toString()).doesNotContain("SECRET");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "none" })
	void keyOfPostHogIsMaskedAndTheHashIsThatOfTheRealBytes(String compression) throws IOException {
		start(TestApplication.YES, "telemetry.posthog.host=" + this.collector.uri("/"),
				"telemetry.posthog.api-key=" + KEY, "telemetry.compression=" + compression);
		record(2);
		JsonNode request = sent().get(0);
		FakeCollector.Request got = this.collector.requests().get(0);
		String body = new String(got.body(), StandardCharsets.UTF_8);
		assertThat(body).contains(KEY);
		assertThat(request.get("sha256").stringValue()).isEqualTo(sha256(got.wire()));
		assertThat(request.get("size").intValue()).isEqualTo(got.wire().length);
		assertThat(request.get("body").stringValue())
			.isEqualTo(compression.equals("gzip") ? "masked_unzipped" : "masked");
		String masked = body.replace(KEY, "*".repeat(KEY.length()));
		assertThat(new String(wire(request), StandardCharsets.UTF_8)).isEqualTo(masked);
		assertThat(decoded(request)).isEqualTo(masked);
		assertThat(new String(call("GET", "/export").body(), StandardCharsets.UTF_8)).doesNotContain(KEY)
			.doesNotContain(Base64.getEncoder().encodeToString(got.wire()));
	}

	@Test
	void batchThatIsRetriedIsShownEachTime() {
		this.collector.reply((request) -> Reply.status((this.collector.requests().size() == 1) ? 503 : 200));
		start(TestApplication.YES, "telemetry.http.endpoint=" + this.collector.uri("/events"),
				"telemetry.delivery.retry.initial=1ms");
		record(2);
		assertThat(received()).hasSize(2);
		assertShowsEach(received());
		assertThat(sent()).extracting((request) -> request.get("status").intValue()).containsExactly(503, 200);
	}

	@Test
	void requestWithoutAnAnswerSaysWhy() {
		URI gone = this.collector.uri("/events");
		this.collector.close();
		start(TestApplication.YES, "telemetry.http.endpoint=" + gone, "telemetry.shutdown-timeout=1ms");
		sdk().context().record("order.placed");
		Patience.until("a request that failed", () -> sent().stream().anyMatch((request) -> request.has("failure")));
		JsonNode request = sent().get(0);
		assertThat(request.get("failure").stringValue()).contains("no connection to localhost", "refused");
		assertThat(request.has("status")).isFalse();
		assertThat(decoded(request)).contains("order.placed");
	}

	@Test
	void oldestIsForgottenFirstAtTheLimit() {
		start(TestApplication.YES, "telemetry.http.endpoint=" + this.collector.uri("/events"),
				"telemetry.sent-log.max-size=4KB", "telemetry.compression=none");
		for (int i = 0; i < 12; i++) {
			record(1);
		}
		List<byte[]> received = received();
		List<JsonNode> requests = sent();
		assertThat(received).hasSize(12);
		assertThat(requests.size()).isBetween(2, 11);
		assertThat(json("/sent").get("forgotten").intValue()).isEqualTo(12 - requests.size());
		assertThat(requests.stream().mapToInt((request) -> request.get("size").intValue()).sum()).isLessThan(4096);
		assertShowsEach(received.subList(12 - requests.size(), 12));
	}

	@Test
	void withdrawalKeepsWhatWasSentAndResetErasesIt() throws IOException {
		start(TestApplication.YES, "telemetry.http.endpoint=" + this.collector.uri("/events"),
				"telemetry.deletion.http.url=" + this.collector.uri("/deletion"));
		record(1);
		byte[] event = received().get(0);
		assertThat(call("POST", "/disable").statusCode()).isEqualTo(200);
		assertThat(sdk().context().isCollecting()).isFalse();
		assertShowsEach(List.of(event));
		JsonNode exported = JSON.readTree(call("GET", "/export").body()).get("sent").get("requests").get(0);
		assertThat(Base64.getDecoder().decode(exported.get("body").stringValue())).isEqualTo(event);
		assertThat(exported.get("text").stringValue()).isEqualTo(unzipped(event));
		assertThat(call("POST", "/reset").statusCode()).isBetween(200, 202);
		Patience.until("a request for deletion", () -> received().size() == 2);
		assertShowsEach(List.of(received().get(1)));
		assertThat(sent().get(0).get("destination").stringValue()).isEqualTo("deletion");
		assertThat(decoded(sent().get(0))).contains("\"machine_id\"");
	}

	private static String unzipped(byte[] bytes) throws IOException {
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void sinkOfTheApplicationIsARowWithoutABody() {
		List<String> taken = new ArrayList<>();
		TelemetrySink queue = (event) -> taken.add(event.name());
		start((context) -> context.getBeanFactory().registerSingleton("queue", queue), TestApplication.YES);
		record(1);
		assertThat(taken).containsExactly("order.placed");
		JsonNode request = sent().get(0);
		assertThat(request.get("destination").stringValue()).isEqualTo("queue");
		assertThat(request.get("body").stringValue()).isEqualTo("unseen");
		assertThat(request.get("events").intValue()).isEqualTo(1);
		assertThat(request.has("sha256")).isFalse();
		HttpResponse<byte[]> answer = call("GET", "/sent/" + request.get("id").stringValue());
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("not seen on the wire");
	}

	@Test
	void zeroTurnsItOff() {
		start(TestApplication.YES, "telemetry.http.endpoint=" + this.collector.uri("/events"),
				"telemetry.sent-log.max-size=0");
		record(1);
		assertThat(received()).hasSize(1);
		assertThat(json("/sent").get("maxBytes").intValue()).isZero();
		assertThat(sent()).isEmpty();
		assertThat(JSON.readTree(call("GET", "/export").body()).has("sent")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "health, false", "telemetry, true" })
	void isRememberedOnlyWhereItCanBeLookedAt(String exposed, boolean remembered) {
		start(TestApplication.YES, "telemetry.http.endpoint=" + this.collector.uri("/events"),
				"management.endpoints.web.exposure.include=" + exposed);
		record(1);
		assertThat(received()).hasSize(1);
		assertThat(this.application.getBean(SentLog.class).newest(10)).hasSize(remembered ? 1 : 0);
	}

	@SpringBootConfiguration
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
	static class Beans {

	}

}
