package dev.telemetry.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.telemetry.TrackResult;
import dev.telemetry.autoconfigure.TelemetryAutoConfiguration;
import dev.telemetry.event.Event;
import dev.telemetry.manifest.TelemetryManifestBuild;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * From the wizard to the first event, with what it wrote as it is: lint, the step of the
 * build, and an application that has it on its class path.
 */
@Tag("I36")
class CreatedSpecTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	@Test
	void whatIsAnsweredInAFileIsRecorded() throws Exception {
		Path answers = Files.writeString(this.directory.resolve("answers.yaml"),
				CreateCommandTests.ANSWERS
					.replace("    sampling_rate: 0.01\n    sampling_reason: there are millions of them\n", "")
					.replace("sampling_rate: 0.5", "sampling_rate: 1"));
		assertThat(Cli.run("create", "--answers", answers.toString(), "--directory", specs().toString()).err())
			.isEmpty();
		List<Event> events = recorded(Map.of("duration_ms", 1500, "payment", "card", "userId", "Ada", "undeclared", 1));
		assertThat(events).singleElement()
			.satisfies((event) -> assertThat(event.attributes())
				.contains(entry("duration_ms", 1500L), entry("payment", "card"))
				.containsOnlyKeys("duration_ms", "payment", "userId")
				.doesNotContainValue("Ada"));
		assertThat(recorded(Map.of("duration_ms", 12, "payment", "card"))).isEmpty();
	}

	@Test
	void whatIsTypedAtATerminalIsRecorded() throws Exception {
		Cli.Answer answer = TerminalTests.atTerminal(CreateCommandTests.SHORTEST, specs());
		assertThat(answer.code()).isZero();
		assertThat(recorded(Map.of("items", 3, "undeclared", 1))).singleElement()
			.satisfies((event) -> assertThat(event.attributes()).isEqualTo(Map.of("items", 3L)));
	}

	private List<Event> recorded(Map<String, Object> properties) throws Exception {
		byte[] written = Files.readAllBytes(file());
		assertThat(Cli.run("lint", specs().toString()).out()).isEqualTo("Nothing found in 1 file\n");
		List<Event> events;
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes().toUri().toURL() },
				getClass().getClassLoader())) {
			build(loader);
			events = track(loader, properties);
		}
		assertThat(Files.readAllBytes(file())).isEqualTo(written);
		return events;
	}

	/** At first nothing was reviewed; then the manifest is copied, as it says. */
	private void build(ClassLoader loader) throws Exception {
		Path baseline = this.directory.resolve("telemetry-baseline.json");
		if (Files.notExists(baseline)) {
			assertThat(build(loader, baseline)).isOne();
			Files.copy(classes().resolve("META-INF/telemetry-manifest.json"), baseline);
		}
		assertThat(build(loader, baseline)).isZero();
		assertThat(baseline).content().contains("\"name\": \"order.placed\"");
	}

	private int build(ClassLoader loader, Path baseline) {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		int code = TelemetryManifestBuild.run(new PrintStream(said, true, StandardCharsets.UTF_8), loader,
				LocalDate.now(ZoneOffset.UTC), "--classes", classes().toString(), "--baseline", baseline.toString(),
				"--require-baseline");
		assertThat(said.toString(StandardCharsets.UTF_8)).contains("declares ").doesNotContain("note: ");
		return code;
	}

	private List<Event> track(ClassLoader loader, Map<String, Object> properties) {
		MemorySink sink = new MemorySink();
		new ApplicationContextRunner().withClassLoader(loader)
			.withConfiguration(AutoConfigurations.of(TelemetryAutoConfiguration.class))
			.withBean(MemorySink.class, () -> sink)
			.withPropertyValues("spring.application.name=demo", "telemetry.home=" + this.directory.resolve("home"),
					"telemetry.enabled=true", "telemetry.file.enabled=false",
					"telemetry.consent.detect-test-environment=false", "telemetry.consent.detect-ci=false")
			.run((context) -> {
				TelemetrySdk telemetry = context.getBean(TelemetrySdk.class);
				TrackResult result = telemetry.tracker().track("order.placed", null, properties);
				assertThat(result).isIn(TrackResult.ACCEPTED, TrackResult.SAMPLED_OUT);
				assertThat(telemetry.tracker().track("order.unknown", null, properties))
					.isEqualTo(TrackResult.UNKNOWN_EVENT);
				assertThat(telemetry.flush(PATIENCE)).isTrue();
			});
		return sink.events();
	}

	private Path classes() {
		return this.directory.resolve("classes");
	}

	private Path specs() {
		return classes().resolve("telemetry");
	}

	private Path file() throws Exception {
		try (Stream<Path> files = Files.list(specs())) {
			return files.findFirst().orElseThrow();
		}
	}

}
