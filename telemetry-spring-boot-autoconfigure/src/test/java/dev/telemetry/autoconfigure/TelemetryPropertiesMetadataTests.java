package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata that IDEs show.
 */
class TelemetryPropertiesMetadataTests {

	private static final Set<String> WITHOUT_DEFAULT = Set.of("enabled", "consent.notice", "home", "tool.name",
			"tool.version", "machine-id.salt", "local-path", "endpoint", "signal", "service-name", "service-namespace",
			"deployment-environment", "undeclared", "metadata", "headers", "events", "web.allowed-hosts", "kafka.topic",
			"deletion.http.url", "deletion.email.address", "http.endpoint", "http.headers", "http.bearer-token",
			"ssl.bundle", "posthog.api-key", "posthog.host", "segment.write-key", "datadog.api-key", "datadog.site",
			"notice.controller", "notice.contact", "notice.introduction", "notice.privacy-policy",
			"notice.recipient-retention", "notice.third-country", "notice.locale");

	private static Map<String, Map<String, Object>> properties;

	private static List<Map<String, Object>> hints;

	@BeforeAll
	@SuppressWarnings("unchecked")
	static void read() throws IOException {
		try (InputStream in = TelemetryProperties.class.getProtectionDomain()
			.getCodeSource()
			.getLocation()
			.toURI()
			.resolve("META-INF/spring-configuration-metadata.json")
			.toURL()
			.openStream()) {
			Map<String, Object> metadata = JsonParserFactory.getJsonParser()
				.parseMap(new String(in.readAllBytes(), StandardCharsets.UTF_8));
			properties = ((List<Map<String, Object>>) metadata.get("properties")).stream()
				.filter((property) -> property.get("name").toString().startsWith("telemetry."))
				.collect(Collectors.toMap((property) -> property.get("name").toString().substring(10),
						(property) -> property));
			hints = (List<Map<String, Object>>) metadata.get("hints");
		}
		catch (URISyntaxException ex) {
			throw new IOException(ex);
		}
	}

	@Test
	void metadataListsExactlyTheKnownProperties() {
		assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(PropertyTree.NAMES.all());
	}

	@Test
	void everyPropertyHasTypeAndDescription() {
		assertThat(properties).allSatisfy((name, property) -> {
			assertThat(property.get("type")).asString().isNotBlank();
			assertThat(property.get("description")).asString().endsWith(".");
		});
	}

	@Test
	void everyPropertyHasADefaultUnlessThereIsNone() {
		assertThat(properties).allSatisfy((name, property) -> assertThat(property.containsKey("defaultValue")).as(name)
			.isEqualTo(!WITHOUT_DEFAULT.contains(name)));
	}

	@Test
	void hintsAreAboutKnownProperties() {
		assertThat(hints).isNotEmpty()
			.extracting((hint) -> hint.get("name").toString().replace("telemetry.", "").replace(".keys", ""))
			.isSubsetOf(properties.keySet());
	}

}
