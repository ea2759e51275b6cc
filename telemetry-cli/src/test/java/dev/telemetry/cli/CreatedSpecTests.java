package dev.telemetry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentScope;
import dev.telemetry.consent.ConsentStore;
import dev.telemetry.event.Event;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.spec.TelemetrySpecReader;
import dev.telemetry.spec.TelemetrySpecRegistry;
import dev.telemetry.spec.UndeclaredPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** What {@code create} writes is recorded as it is, where nothing undeclared is. */
class CreatedSpecTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	@Test
	@Tag("I36")
	void itsEventsAreRecordedAndNothingElse() throws Exception {
		Path answers = Files.writeString(this.directory.resolve("answers.yaml"),
				CreateCommandTests.ANSWERS
					.replace("    sampling_rate: 0.01\n    sampling_reason: there are millions of them\n", "")
					.replace("sampling_rate: 0.5", "sampling_rate: 1"));
		Cli.Answer answer = Cli.run("create", "--answers", answers.toString(), "--directory",
				this.directory.toString());
		assertThat(answer.err()).isEmpty();
		Path file = this.directory.resolve("shop-telemetry.telemetry.yaml");
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(TelemetrySpecReader.read("shop", Files.readAllBytes(file)));
		List<Event> events = record(registry);
		assertThat(events).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("order.placed");
			assertThat(event.attributes()).contains(entry("duration_ms", 1500L), entry("payment", "card"))
				.doesNotContainKey("undeclared")
				.doesNotContainValue("Ada");
		});
	}

	private static List<Event> record(TelemetrySpecRegistry registry) {
		MemorySink sink = new MemorySink();
		ConsentGate gate = ConsentGate.builder(ConsentStore.memory()).build();
		TelemetryContext context = TelemetryContext.builder()
			.tool("demo")
			.gate(gate)
			.sink("memory", sink)
			.declared(registry, UndeclaredPolicy.DROP)
			.build();
		gate.enable(ConsentScope.LOCAL, null, "command");
		for (int millis : new int[] { 12, 1500 }) {
			context.record("order.placed",
					Map.of("duration_ms", millis, "payment", "card", "userId", "Ada", "undeclared", "x"));
		}
		context.record("order.opened", Map.of("items", 2));
		assertThat(context.flush(PATIENCE)).isTrue();
		context.close();
		return sink.events();
	}

}
