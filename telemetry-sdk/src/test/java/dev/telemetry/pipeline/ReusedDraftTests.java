package dev.telemetry.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.event.EventOrigin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A draft that is used again and again remembers what it found out about its keys. Its
 * events are those of drafts that are used once, whose keys are looked at each time.
 */
class ReusedDraftTests {

	private static final int EVENTS = 4000;

	private static final List<String> KEYS = List.of("sku", "channel", "items", "comment", "password", "key", "token",
			"path", "user.name", "bob@example.com", "k".repeat(70), "malice", "  ", "pin", "laura", "note", "sku ");

	private final DropCounters drops = new DropCounters();

	private final DropCounters expectedDrops = new DropCounters();

	private final SplittableRandom random = new SplittableRandom(15);

	@Test
	void eventsOfReusedDraftsAreThoseOfDraftsThatAreUsedOnce() {
		AtomicInteger opened = new AtomicInteger();
		EventPipeline pipeline = pipeline(this.drops, opened);
		EventPipeline expecting = pipeline(this.expectedDrops, opened);
		AdversarialTexts texts = new AdversarialTexts(15);
		List<Event.Builder> reused = List.of(Event.builder("a.a"), Event.builder("b.b"));
		List<List<String>> shapes = new ArrayList<>(List.of(shape(), shape()));
		for (int i = 0; i < EVENTS; i++) {
			int which = this.random.nextInt(reused.size());
			if (this.random.nextInt(50) == 0) {
				shapes.set(which, shape());
			}
			if (i == EVENTS / 2) {
				// From now on another name is looked for, also in keys
				opened.set(1);
				pipeline.prepare();
				expecting.prepare();
			}
			Event.Builder draft = reused.get(which).restart();
			Event.Builder once = Event.builder(draft.name());
			for (Event.Builder each : List.of(draft, once)) {
				each.origin(EventOrigin.of("tool", "1")).type((i % 3 == 0) ? "feature.used" : null).timestampMillis(i);
			}
			for (String key : shapes.get(which)) {
				Object value = (this.random.nextInt(4) == 0) ? this.random.nextInt() : texts.next();
				draft.attribute(key, value);
				once.attribute(key, value);
			}
			Event event = pipeline.process(draft, false);
			Event expected = expecting.process(once, false);
			assertThat(event).isNotNull();
			assertThat(expected).isNotNull();
			assertThat(List.copyOf(event.attributes().entrySet())).as("event %d", i)
				.isEqualTo(List.copyOf(expected.attributes().entrySet()));
			assertThat(event.name()).isEqualTo(expected.name());
			assertThat(event.type()).isEqualTo(expected.type());
			assertThat(event.timestampMillis()).isEqualTo(expected.timestampMillis()).isEqualTo(i);
		}
		assertThat(this.drops.snapshot()).isEqualTo(this.expectedDrops.snapshot());
		assertThat(this.drops.get(DropReason.OVERFLOW)).as("something was cut").isPositive();
		assertThat(this.drops.get(DropReason.INVALID)).as("something was refused").isPositive();
	}

	@Test
	void namesThatBecomeKnownAreLookedForInKeysThatWerePlain() {
		AtomicInteger opened = new AtomicInteger();
		EventPipeline pipeline = pipeline(this.drops, opened);
		Event.Builder draft = Event.builder("a.a");
		for (int i = 0; i < 2; i++) {
			Event before = pipeline.process(draft.restart().attribute("laura", "laura"), false);
			assertThat(before.attributes()).containsEntry("laura", "laura");
		}
		opened.set(1);
		pipeline.prepare();
		Event after = pipeline.process(draft.restart().attribute("laura", "laura"), false);
		assertThat(after.attributes()).containsExactly(Map.entry("[redacted]", "[redacted]"));
	}

	@Test
	void keysThatWerePlainForOnePipelineAreLookedAtByAnother() {
		Event.Builder draft = Event.builder("a.a");
		EventPipeline one = pipeline(this.drops, new AtomicInteger());
		one.process(draft.restart().attribute("laura", "x"), false);
		AtomicInteger knowing = new AtomicInteger(1);
		EventPipeline other = pipeline(this.drops, knowing);
		other.prepare();
		Event event = other.process(draft.restart().attribute("laura", "x"), false);
		assertThat(event.attributes()).containsExactly(Map.entry("[redacted]", "x"));
	}

	private List<String> shape() {
		List<String> keys = new ArrayList<>();
		int count = this.random.nextInt(1, 12);
		for (int i = 0; i < count; i++) {
			keys.add(KEYS.get(this.random.nextInt(KEYS.size())));
		}
		return keys;
	}

	private static EventPipeline pipeline(DropCounters drops, AtomicInteger opened) {
		Redactor redactor = Redactor.learning("malice", List.of(),
				() -> (opened.get() > 0) ? List.of("laura") : List.of());
		return new EventPipeline(List.of(), List.of(), 8, 60, redactor, drops);
	}

}
