package dev.telemetry.spec.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.TelemetrySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps {@code docs/specs.md} true. */
class SpecsDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "specs.md");

	private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.+?)```");

	private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.+?)```");

	/** What the examples take for granted. */
	private static final String SURROUNDINGS = """
			import java.util.*;
			import dev.telemetry.*;
			import dev.telemetry.annotation.*;
			import dev.telemetry.anomaly.*;
			import dev.telemetry.sdk.*;
			import dev.telemetry.spec.AnomalyAction;
			import org.springframework.context.annotation.Bean;
			import org.springframework.context.event.EventListener;

			abstract class Example {

				TelemetryContext telemetry;
				TelemetryTracker tracker;
				Order order;
				Orders orders;
				Pager pager;
				String sessionId;

				record Order(List<String> lines) { }
				record Receipt(double total) { }
				interface Orders { Receipt place(Order order); }
				interface Pager { void page(String text); }
				interface Tenants { boolean isQuiet(String tenant); String ofThisThread(); }
				static class InvalidOrderException extends RuntimeException { }

				%s
			}
			""";

	@TempDir
	private Path directory;

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
	void javaCompiles() throws Exception {
		List<String> examples = JAVA.matcher(Files.readString(DOCUMENT))
			.results()
			.map((match) -> match.group(1).replace("{ … }", "{ return null; }"))
			.toList();
		assertThat(examples).hasSizeGreaterThan(4).allSatisfy((example) -> assertThat(compile(example)).isEmpty());
		assertThat(compile("TrackResult result = this.tracker.track(1);")).contains("track");
	}

	private String compile(String example) throws IOException {
		Path file = Files.writeString(this.directory.resolve("Example.java"), SURROUNDINGS.formatted(example));
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		ToolProvider.getSystemJavaCompiler()
			.run(null, null, errors, "-proc:none", "-classpath", System.getProperty("java.class.path"), "-d",
					this.directory.toString(), file.toString());
		return errors.toString(StandardCharsets.UTF_8);
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
