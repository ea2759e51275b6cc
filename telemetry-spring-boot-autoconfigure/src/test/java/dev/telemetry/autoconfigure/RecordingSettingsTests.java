package dev.telemetry.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

import dev.telemetry.event.Event;
import dev.telemetry.sdk.TelemetrySdk;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RecordingSettingsTests {

	/** Nobody listens there. */
	private static final String ENDPOINT = "telemetry.endpoint=http://127.0.0.1:9/v1/logs";

	@TempDir
	Path home;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = TestApplication.runner(this.home)
			.withPropertyValues(TestApplication.YES)
			.withBean(MemorySink.class);
	}

	@Test
	void eventWhenNothingIsSetBearsRuntimeFieldsAndAnId() {
		recorded(Map.of("items", 3), (event) -> {
			assertThat(event.origin().os()).isNotNull();
			assertThat(event.origin().arch()).isNotNull();
			assertThat(event.origin().javaVersion()).isEqualTo(String.valueOf(Runtime.version().feature()));
			assertThat(event.machineId()).matches("[0-9a-f]{64}");
			assertThat(event.sessionId()).matches("[0-9a-f]{32}");
			assertThat(event.attributes()).containsOnly(Map.entry("items", 3L));
		});
	}

	@Test
	void eventWhenRuntimeFieldsAreOffBearsNone() {
		recorded(Map.of(), (event) -> {
			assertThat(event.origin().os()).isNull();
			assertThat(event.origin().arch()).isNull();
			assertThat(event.origin().javaVersion()).isNull();
		}, "telemetry.runtime-fields=false");
	}

	@Test
	void metadataWhenSetIsMergedAndTheEventWins() {
		recorded(Map.of("channel", "shop"),
				(event) -> assertThat(event.attributes()).containsOnly(Map.entry("region", "south"),
						Map.entry("channel", "shop")),
				"telemetry.metadata.region=south", "telemetry.metadata.channel=unset");
	}

	@Test
	void undeclaredWhenDroppedLosesEventsAndAttributesAndCounts() {
		this.runner.withPropertyValues("telemetry.undeclared=drop")
			.withBean(EventDefinition.class,
					() -> EventDefinition.builder("order.placed").property("items", PropertyType.NUMBER).build())
			.run((context) -> {
				TelemetrySdk telemetry = TestApplication.telemetry(context);
				telemetry.context().record("order.unheard");
				telemetry.context().record("order.placed", Map.of("items", 3, "customer", "unlisted"));
				assertThat(TestApplication.delivered(context)).singleElement()
					.satisfies((event) -> assertThat(event.attributes()).containsOnly(Map.entry("items", 3L)));
				assertThat(telemetry.status().dropped()).containsEntry("undeclared", 2L);
			});
	}

	@Test
	void undeclaredWhenNotSetIsRecorded() {
		recorded(Map.of("customer", "unlisted"),
				(event) -> assertThat(event.attribute("customer")).isEqualTo("unlisted"));
	}

	@Test
	void eventWhenTheOperatorDisabledItIsNotRecorded() {
		this.runner
			.withPropertyValues("telemetry.events.order.placed.enabled=false",
					"telemetry.events.search.*.sampling-rate=0", "telemetry.events.order.viewed.sampling-rate=1")
			.run((context) -> {
				TelemetrySdk telemetry = TestApplication.telemetry(context);
				telemetry.context().record("order.placed");
				telemetry.context().record("search.run");
				telemetry.context().record("order.viewed");
				assertThat(TestApplication.deliveredNames(context)).containsExactly("order.viewed");
				assertThat(telemetry.status().dropped()).containsEntry("sampled", 2L);
				assertThat(TestApplication.problems(context)).isEmpty();
			});
	}

	@Test
	void machineIdWhenDerivedNeedsNoSecret() {
		recorded(Map.of(), (event) -> assertThat(event.machineId()).matches("[0-9a-f]{64}"),
				"telemetry.machine-id.mode=derived");
	}

	@Test
	void machineIdWhenRotatingDiffersFromTheDerived() {
		String[] ids = new String[2];
		recorded(Map.of(), (event) -> ids[0] = event.machineId(), "telemetry.machine-id.mode=derived");
		recorded(Map.of(), (event) -> ids[1] = event.machineId(), "telemetry.machine-id.mode=rotating");
		assertThat(ids[0]).isNotEqualTo(ids[1]);
		recorded(Map.of(), (event) -> assertThat(event.machineId()).isEqualTo(ids[1]),
				"telemetry.machine-id.mode=rotating");
	}

	@Test
	void machineIdWhenNoneIsAbsent() throws IOException {
		recorded(Map.of(), (event) -> assertThat(event.machineId()).isNull(), "telemetry.machine-id.mode=none");
		assertThat(Files.readString(this.home.resolve("telemetry.log"))).doesNotContain("machine_id");
	}

	@Test
	void debugWhenLocalPrintsIndentedJsonToTheLog(CapturedOutput output) {
		this.runner.withPropertyValues("telemetry.debug=true").run((context) -> {
			record(context);
			assertThat(TestApplication.telemetry(context).status().consent().cap()).isNotNull();
			assertThat(TestApplication.sinkNames(context)).contains("debug");
		});
		assertThat(output).containsPattern("INFO .*LogSink").contains("  \"name\" : \"order.placed\"");
	}

	@Test
	void debugWhenExportingPrintsToTheLogWithoutHeaders(CapturedOutput output) {
		this.runner
			.withPropertyValues("telemetry.debug=true", ENDPOINT, "telemetry.headers=X-Api-Key: s3cr3t-in-a-header",
					"telemetry.shutdown-timeout=500ms")
			.run((context) -> {
				record(context);
				assertThat(TestApplication.telemetry(context).status().consent().cap()).isNull();
				assertThat(TestApplication.sinkNames(context)).contains("debug", "otlp");
				assertThat(TestApplication.telemetry(context).status().toString()).doesNotContain("s3cr3t");
			});
		assertThat(output).contains("  \"name\" : \"order.placed\"").doesNotContain("s3cr3t");
	}

	@Test
	void debugWhenNotSetPrintsNothing(CapturedOutput output) {
		this.runner.run(RecordingSettingsTests::record);
		assertThat(output).doesNotContain("order.placed");
	}

	@Test
	void standardOutputWhenEnabledGetsALine(CapturedOutput output) {
		this.runner.withPropertyValues("telemetry.stdout.enabled=true").run(RecordingSettingsTests::record);
		assertThat(output.getOut()).containsPattern("(?m)^\\{\"id\":.*\"name\":\"order.placed\".*\\}$");
	}

	@Test
	void localLogWhenDisabledIsNotWritten() {
		this.runner.withPropertyValues("telemetry.file.enabled=false").run(RecordingSettingsTests::record);
		assertThat(this.home.resolve("telemetry.log")).doesNotExist();
	}

	/** Wait until the local sinks have it; the remote one never will. */
	private static void record(AssertableApplicationContext context) {
		TelemetrySdk telemetry = TestApplication.telemetry(context);
		telemetry.context().record("order.placed");
		telemetry.close();
		assertThat(context.getBean(MemorySink.class).events()).hasSize(1);
	}

	private void recorded(Map<String, ?> attributes, Consumer<Event> check, String... settings) {
		this.runner.withPropertyValues(settings).run((context) -> {
			TestApplication.telemetry(context).context().record("order.placed", attributes);
			assertThat(TestApplication.delivered(context)).singleElement().satisfies(check);
			assertThat(TestApplication.problems(context)).isEmpty();
		});
	}

}
