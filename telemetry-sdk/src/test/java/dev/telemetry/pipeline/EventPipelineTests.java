package dev.telemetry.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class EventPipelineTests {

	private final DropCounters drops = new DropCounters();

	private final List<EventProcessor> processors = new ArrayList<>();

	private final List<EventObserver> observers = new ArrayList<>();

	private EventPipeline pipeline(int maxAttributes, int maxLength) {
		return new EventPipeline(this.processors, this.observers, maxAttributes, maxLength,
				new Redactor("malice", null, List.of()), this.drops);
	}

	private Event process(Event.Builder draft) {
		Event event = pipeline(64, 512).process(draft, false);
		assertThat(event).isNotNull();
		return event;
	}

	private static Event.Builder draft() {
		return Event.builder("order.placed").origin(EventOrigin.of("tool", "1")).timestampMillis(1000);
	}

	@Test
	void processWhenNothingIsToDoKeepsAllAttributes() {
		Event event = process(draft().attribute("items", 3).attribute("region", "eu").attribute("ok", true));
		assertThat(event.attributes()).containsExactly(Map.entry("items", 3L), Map.entry("region", "eu"),
				Map.entry("ok", true));
		assertThat(this.drops.snapshot().values()).containsOnly(0L);
	}

	@Test
	void processRedactsKeysAndValues() {
		Event event = process(draft().attribute("bob@example.com", 1)
			.attribute("url", "https://u:pw@example.com/x")
			.attribute("password", "hunter2")
			.attribute("who", "malice"));
		assertThat(event.attributes()).isEqualTo(Map.of("[redacted]", 1L, "url", "https://[redacted]@example.com/x",
				"password", "[redacted]", "who", "[redacted]"));
	}

	@Test
	void processWhenNameIsTheCallersRedactsIt() {
		Event.Builder draft = Event.builder("mail to bob@example.com");
		assertThat(pipeline(64, 512).process(draft, true)).extracting(Event::name).isEqualTo("mail to [redacted]");
		Event.Builder declared = Event.builder("malice");
		assertThat(pipeline(64, 512).process(declared, false)).extracting(Event::name).isEqualTo("malice");
	}

	@Test
	void processWhenProcessorAddsSecretRedactsIt() {
		this.processors.add((event) -> event.toBuilder().attribute("late", "Bearer abc").build());
		assertThat(process(draft()).attribute("late")).isEqualTo("Bearer [redacted]");
	}

	@Test
	void processWhenProcessorRenamesRedactsTheName() {
		this.processors.add((event) -> event.toBuilder().name("by malice").build());
		assertThat(process(draft()).name()).isEqualTo("by [redacted]");
	}

	@Test
	void processWhenProcessorForgesSystemValuesRestoresThem() {
		this.processors.add((event) -> event.toBuilder()
			.origin(EventOrigin.of("other", "9"))
			.id(UUID.randomUUID())
			.type("forged")
			.timestamp(Instant.MAX)
			.samplingRate(0.1)
			.attribute("added", 1)
			.build());
		Event.Builder draft = draft().type("feature.used").id(new UUID(0x7000, 2));
		Event expected = draft.build().toBuilder().attribute("added", 1).build();
		assertThat(process(draft)).isEqualTo(expected);
	}

	@Test
	void processWhenProcessorRefusesReturnsNullAndCounts() {
		this.processors.add((event) -> null);
		this.processors.add((event) -> {
			throw new AssertionError("must not be asked");
		});
		this.observers.add((event) -> {
			throw new AssertionError("must not be asked");
		});
		assertThat(pipeline(64, 512).process(draft(), false)).isNull();
		assertThat(this.drops.get(DropReason.INVALID)).isEqualTo(1);
	}

	@Test
	void processWhenProcessorThrowsRefusesTheEventAndLogsOnceWithoutContent(CapturedOutput output) {
		this.processors.add((event) -> {
			if (event.attribute("harmless") == null) {
				throw new IllegalStateException("CANARY");
			}
			return event;
		});
		EventPipeline pipeline = pipeline(64, 512);
		for (int i = 0; i < 3; i++) {
			assertThat(pipeline.process(draft().attribute("a", i), false)).isNull();
		}
		assertThat(pipeline.process(draft().attribute("harmless", true), false)).isNotNull();
		assertThat(this.drops.get(DropReason.INVALID)).isEqualTo(3);
		assertThat(output.toString()).containsOnlyOnce("IllegalStateException").doesNotContain("CANARY");
	}

	@Test
	void processWhenObserverThrowsTellsTheOthers(CapturedOutput output) {
		List<Event> seen = new ArrayList<>();
		this.observers.add((event) -> {
			throw new StackOverflowError();
		});
		this.observers.add(seen::add);
		Event event = process(draft().attribute("mail", "bob@example.com"));
		assertThat(seen).containsExactly(event);
		assertThat(seen.get(0).attribute("mail")).isEqualTo("[redacted]");
		assertThat(output.toString()).containsOnlyOnce("StackOverflowError");
	}

	@Test
	void processWhenTooManyAttributesDropsTheCallersLastAndKeepsTheSystems() {
		this.processors.add((event) -> event.toBuilder().attribute("by-processor", 1).build());
		Event.Builder draft = draft().attribute("a", 1)
			.attribute("b", 2)
			.attribute("duration_ms", 1.5)
			.attribute("success", true)
			.attribute("outcome", "ok");
		Event event = pipeline(4, 512).process(draft, false);
		assertThat(event).isNotNull();
		assertThat(event.attributes()).containsOnlyKeys("a", "duration_ms", "success", "outcome");
		assertThat(this.drops.get(DropReason.OVERFLOW)).isEqualTo(2);
	}

	@Test
	void processWhenTextIsTooLongCutsAndCounts() {
		Event event = pipeline(64, 5).process(draft().attribute("a", "1234\uD83D\uDE00").attribute("b", "12345"),
				false);
		assertThat(event).isNotNull();
		assertThat(event.attributes()).isEqualTo(Map.of("a", "1234", "b", "12345"));
		assertThat(this.drops.get(DropReason.OVERFLOW)).isEqualTo(1);
	}

	@Test
	void processWhenLimitFallsIntoASecretLeavesNoHeadOfIt() {
		for (int padding = 480; padding < 512; padding++) {
			String text = "x ".repeat(padding / 2) + " ghp_CANARYabcdefghij0123";
			Event event = process(draft().attribute("a", text));
			assertThat((String) event.attribute("a")).hasSizeLessThanOrEqualTo(512).doesNotContain("ghp_");
		}
	}

	@Test
	void processCountsRefusedAttributesOnce() {
		this.processors.add((event) -> event.toBuilder().attribute("x", Map.of()).attribute("y", 1).build());
		process(draft().attribute("a", Double.NaN).attribute("b", new Object()));
		assertThat(this.drops.get(DropReason.INVALID)).isEqualTo(2);
	}

	@Test
	void processWhenKeysBecomeEqualCountsTheLost() {
		process(draft().attribute("a@example.com", 1).attribute("b@example.com", 2));
		assertThat(this.drops.get(DropReason.INVALID)).isEqualTo(1);
	}

	@Test
	void constructorWhenLimitIsWrongThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> pipeline(-1, 1))
			.withMessage("'maxAttributes' must not be negative");
		assertThatIllegalArgumentException().isThrownBy(() -> pipeline(1, 0))
			.withMessage("'maxLength' must be at least 1");
	}

}
