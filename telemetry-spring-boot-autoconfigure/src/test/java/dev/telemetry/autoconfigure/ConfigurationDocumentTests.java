package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/configuration.md} true: its names and defaults are those of the
 * metadata.
 */
class ConfigurationDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `((?:telemetry|management)[a-z.-]+)` \\| (.+?) \\| (.+) \\|$");

	private static final String NONE = "\u2013";

	@Test
	void documentHasTheNamesAndDefaultsOfTheMetadata() throws Exception {
		Map<String, String> metadata = metadata();
		assertThat(metadata).hasSizeGreaterThan(40);
		assertThat(document()).containsExactlyInAnyOrderEntriesOf(metadata);
	}

	private static Map<String, String> document() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		ROW.matcher(Files.readString(DOCUMENT))
			.results()
			.forEach((row) -> assertThat(rows.put(row.group(1), row.group(2).replace("`", ""))).as(row.group(1))
				.isNull());
		return rows;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> metadata() throws IOException, URISyntaxException {
		try (InputStream in = TelemetryProperties.class.getProtectionDomain()
			.getCodeSource()
			.getLocation()
			.toURI()
			.resolve("META-INF/spring-configuration-metadata.json")
			.toURL()
			.openStream()) {
			Map<String, Object> json = JsonParserFactory.getJsonParser()
				.parseMap(new String(in.readAllBytes(), StandardCharsets.UTF_8));
			Map<String, String> properties = new TreeMap<>();
			((List<Map<String, Object>>) json.get("properties")).forEach((property) -> properties
				.put(property.get("name").toString(), text(property.getOrDefault("defaultValue", NONE))));
			return properties;
		}
	}

	private static String text(Object value) {
		return (value instanceof List<?> list) ? String.join(", ", list.stream().map(String::valueOf).toList())
				: value.toString();
	}

}
