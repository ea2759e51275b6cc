package dev.telemetry.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.telemetry.sdk.TelemetrySdk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's walk through the order desk, over HTTP, with a home as users have it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "telemetry.test.auto-configure=false",
		"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false" })
class DemoApplicationTests {

	@TempDir
	private static Path directory;

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper mapper = new JsonMapper();

	@LocalServerPort
	private int port;

	@Autowired
	private TelemetrySdk telemetry;

	@DynamicPropertySource
	static void home(DynamicPropertyRegistry registry) {
		registry.add("telemetry.home", () -> home().toString());
	}

	private static Path home() {
		return directory.resolve("home");
	}

	@AfterEach
	void forget() throws Exception {
		post("/actuator/telemetry/reset", "");
		FileSystemUtils.deleteRecursively(home());
		this.telemetry.gate().refresh();
	}

	@Test
	void ordersWhenNobodySaidYesLeaveNoTrace() throws Exception {
		assertThat(order(2).statusCode()).isEqualTo(201);
		assertThat(this.telemetry.flush(Duration.ofSeconds(10))).isTrue();
		assertThat(home()).doesNotExist();
		assertThat(json(get("/actuator/telemetry"))).containsEntry("collecting", false);
	}

	@Test
	void orderWhenGrantedIsRecorded() throws Exception {
		assertThat(post("/actuator/telemetry/enable", "").statusCode()).isEqualTo(200);
		HttpResponse<String> placed = order(2);
		assertThat(placed.statusCode()).isEqualTo(201);
		String id = (String) json(placed).get("id");
		assertThat(get("/orders/" + id).statusCode()).isEqualTo(200);
		Map<String, Object> event = recorded();
		assertThat(event).containsEntry("name", "order.placed").containsEntry("tool", "demo-app");
		assertThat(attributes(event)).containsEntry("items", 2)
			.containsEntry("success", true)
			.containsEntry("outcome", "ok")
			.containsKey("duration_ms")
			.doesNotContainKeys("sku", "error");
	}

	@Test
	void orderOfNothingIsRefusedAndRecordedWithoutItsMessage() throws Exception {
		post("/actuator/telemetry/enable", "");
		assertThat(order(0).statusCode()).isEqualTo(400);
		assertThat(attributes(recorded())).containsEntry("success", false)
			.containsEntry("error", "InvalidOrderException");
		assertThat(Files.readString(home().resolve("telemetry.log"))).doesNotContain("Cannot order", "A-1");
	}

	@Test
	void orderWithoutSkuIsRefused() throws Exception {
		assertThat(post("/orders", "{\"quantity\":1}").statusCode()).isEqualTo(400);
		assertThat(post("/orders", "{\"sku\":\" \",\"quantity\":1}").statusCode()).isEqualTo(400);
	}

	@Test
	void exportIsRecordedWhenItsFutureCompletes() throws Exception {
		post("/actuator/telemetry/enable", "");
		assertThat(get("/orders/export").statusCode()).isEqualTo(200);
		Map<String, Object> event = recorded();
		assertThat(event).containsEntry("name", "orders.exported");
		assertThat(attributes(event)).containsKey("count").containsEntry("success", true);
	}

	@Test
	void featureNamesOutsideTheAllowListBecomeOther() throws Exception {
		post("/actuator/telemetry/enable", "");
		assertThat(post("/features/dark-mode", "").statusCode()).isEqualTo(204);
		assertThat(post("/features/alice", "").statusCode()).isEqualTo(204);
		assertThat(log()).extracting((event) -> attributes(event).get("feature")).containsExactly("dark-mode", "other");
	}

	@Test
	void orderAfterDisableIsNotRecorded() throws Exception {
		post("/actuator/telemetry/enable", "");
		order(1);
		assertThat(log()).hasSize(1);
		assertThat(post("/actuator/telemetry/disable", "").statusCode()).isEqualTo(200);
		order(1);
		assertThat(log()).hasSize(1);
	}

	private Map<String, Object> recorded() throws IOException {
		List<Map<String, Object>> events = log();
		assertThat(events).hasSize(1);
		return events.get(0);
	}

	private List<Map<String, Object>> log() throws IOException {
		assertThat(this.telemetry.flush(Duration.ofSeconds(10))).isTrue();
		return Files.readAllLines(home().resolve("telemetry.log")).stream().map(this::parse).toList();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> attributes(Map<String, Object> event) {
		return (Map<String, Object>) event.get("attrs");
	}

	private Map<String, Object> json(HttpResponse<String> response) {
		return parse(response.body());
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> parse(String json) {
		return this.mapper.readValue(json, Map.class);
	}

	private HttpResponse<String> order(int quantity) throws Exception {
		return post("/orders", "{\"sku\":\"A-1\",\"quantity\":" + quantity + "}");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
		if (body.isEmpty()) {
			request.POST(BodyPublishers.noBody());
		}
		else {
			request.POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
