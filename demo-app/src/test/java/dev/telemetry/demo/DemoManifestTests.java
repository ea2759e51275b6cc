package dev.telemetry.demo;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.telemetry.TelemetryContext;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.diff.SpecDiff;
import dev.telemetry.spec.manifest.TelemetryManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the build wrote down of the demo is what people say yes to, and no more than was
 * reviewed.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false" })
class DemoManifestTests {

	@TempDir
	private static Path directory;

	private final HttpClient client = HttpClient.newHttpClient();

	private final JsonMapper mapper = new JsonMapper();

	@LocalServerPort
	private int port;

	@Autowired
	private TelemetryContext telemetry;

	@DynamicPropertySource
	static void home(DynamicPropertyRegistry registry) {
		registry.add("telemetry.home", () -> directory.resolve("home").toString());
	}

	@Test
	void theNoticeSaysWhatTheManifestSays() throws Exception {
		send(HttpRequest.newBuilder(uri("/actuator/telemetry/enable")).POST(BodyPublishers.noBody()));
		assertThat(this.telemetry.isCollecting()).isTrue();
		assertThat(noticed()).isEqualTo(declared()).containsKey("order.placed");
		assertThat(manifest().computed()).isEmpty();
	}

	@Test
	void theBaselineIsWhatTheBuildWrote() throws Exception {
		TelemetryManifest baseline = TelemetryManifest.read("baseline",
				Files.readAllBytes(Path.of("telemetry-baseline.json")));
		assertThat(SpecDiff.between(baseline, manifest())).isEmpty();
	}

	@Test
	void theDocumentedStepIsTheOneThatRunsHere() throws Exception {
		String document = Files.readString(Path.of("..", "docs", "build.md"));
		// After the plugin of Maven, which an application of one's own uses
		int named = document.indexOf("<artifactId>exec-maven-plugin</artifactId>");
		String step = document.substring(document.lastIndexOf("<plugin>", named), document.indexOf("</plugin>", named));
		assertThat(plain(Files.readString(Path.of("pom.xml")))).contains(plain(step));
	}

	private static String plain(String xml) {
		return xml.replaceAll("\\s+", "");
	}

	private Map<String, Map<String, Object>> declared() throws Exception {
		Map<String, Map<String, Object>> events = new TreeMap<>();
		manifest().events().forEach((event) -> events.put(event.definition().name(), said(event.definition())));
		return events;
	}

	private static Map<String, Object> said(EventDefinition event) {
		Map<String, Object> said = new HashMap<>();
		said.put("purpose", event.purpose());
		for (PropertyDefinition property : event.properties().values()) {
			said.put("/" + property.name(),
					List.of(property.type().name().toLowerCase(Locale.ROOT),
							property.privacy().name().toLowerCase(Locale.ROOT),
							property.redaction().name().toLowerCase(Locale.ROOT)));
		}
		return said;
	}

	@SuppressWarnings("unchecked")
	private Map<String, Map<String, Object>> noticed() throws Exception {
		Map<String, Object> answer = this.mapper
			.readValue(send(HttpRequest.newBuilder(uri("/actuator/telemetry/notice"))), Map.class);
		Map<String, Object> notice = (Map<String, Object>) answer.get("notice");
		Map<String, Map<String, Object>> events = new TreeMap<>();
		for (Map<String, Object> event : (List<Map<String, Object>>) notice.get("events")) {
			Map<String, Object> said = new HashMap<>();
			said.put("purpose", event.get("purpose"));
			List<Map<String, Object>> properties = (List<Map<String, Object>>) event.get("properties");
			properties.forEach((property) -> said.put("/" + property.get("name"),
					List.of(property.get("type"), property.get("privacy"), property.get("redaction"))));
			events.put((String) event.get("name"), said);
		}
		return events;
	}

	private static TelemetryManifest manifest() throws Exception {
		try (InputStream in = DemoApplication.class.getResourceAsStream("/" + TelemetryManifest.LOCATION)) {
			assertThat(in).isNotNull();
			return TelemetryManifest.read("manifest", in.readAllBytes());
		}
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
