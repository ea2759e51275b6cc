package dev.telemetry.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps {@code docs/specs.md} true. */
class SpecsDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "specs.md");

	private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.+?)```");

	@Test
	void examplesAreSpecs() throws Exception {
		List<TelemetrySpec> specs = examples().map(SpecsDocumentTests::read).toList();
		assertThat(specs).hasSize(2);
		assertThat(specs.get(1).providers()).extracting(SpecProvider::sink).containsExactly("otlp", "posthog");
		EventDefinition event = specs.get(0).events().get(0);
		assertThat(event.name()).isEqualTo("order.placed");
		assertThat(event.properties()).hasSize(6);
		assertThat(event.purpose()).isEqualTo("Plan the stock");
		assertThat(event.samplingRate()).isEqualTo(0.5);
		assertThat(event.anomaly()).isNotNull();
	}

	@Test
	void wordsAreAllNamed() throws IOException {
		String text = Files.readString(DOCUMENT);
		assertThat(Stream.of(PropertyType.values(), PrivacyLevel.values(), AnomalyAction.values())
			.flatMap(Arrays::stream)
			.map((word) -> "`" + word.name().toLowerCase(Locale.ROOT) + "`"))
			.allSatisfy((word) -> assertThat(text.replace("type: ", "").replace("privacy: ", "")).contains(word));
	}

	private static Stream<String> examples() throws IOException {
		return YAML.matcher(Files.readString(DOCUMENT)).results().map((match) -> match.group(1));
	}

	private static TelemetrySpec read(String yaml) {
		try {
			return TelemetrySpecReader.read("docs/specs.md", yaml.getBytes(StandardCharsets.UTF_8));
		}
		catch (TelemetrySpecException ex) {
			throw new AssertionError(ex);
		}
	}

}
