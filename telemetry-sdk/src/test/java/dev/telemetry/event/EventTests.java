package dev.telemetry.event;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventTests {

	@Test
	void builderWhenNameIsBlankThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> Event.builder(" \u2003"))
			.withMessage("'name' must not be blank");
	}

	@Test
	void builderWhenNameIsTooLongLeavesOutTheWordThatWouldBeSplit() {
		String start = "n ".repeat(58);
		assertThat(Event.builder(start + "bob.canary@example.com").name()).isEqualTo(start.strip());
		assertThat(Event.builder(start + "?to=bob.canary@example.com").name()).isEqualTo(start + "?to");
		assertThat(Event.builder(start + "bob@mail.org").name()).isEqualTo(start + "bob@mail.org");
	}

	@Test
	void builderWhenNameIsUnusualMakesItShowable() {
		assertThat(Event.builder(" order.placed\n").name()).isEqualTo("order.placed");
		assertThat(Event.builder("a\nb\u202Ec\u0085d\uD800").name()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFD");
		assertThat(Event.builder("x".repeat(127) + "\uD83D\uDE00").name()).isEqualTo("x".repeat(127));
		assertThat(Event.builder("Größe").name()).isEqualTo("Größe");
	}

	@Test
	void attributeWhenSetTwiceKeepsTheLater() {
		Event event = Event.builder("e").attribute("a", 1).attribute("b", true).attribute("a", "x").build();
		assertThat(event.attributes()).containsExactly(Map.entry("a", "x"), Map.entry("b", true));
		assertThat(event.attribute("a")).isEqualTo("x");
		assertThat(event.attribute("c")).isNull();
	}

	@Test
	void attributeWhenNotKeepableCounts() {
		Event.Builder builder = Event.builder("e")
			.attribute("map", Map.of())
			.attribute("nan", Double.NaN)
			.attribute(" ", 1)
			.attribute("x".repeat(8193), 1)
			.attribute("null", null);
		assertThat(builder.refused()).isEqualTo(4);
		assertThat(builder.build().attributeCount()).isZero();
	}

	@Test
	void attributeWhenTooManyRefusesAllButTheSystems() {
		Event.Builder builder = Event.builder("e");
		for (int i = 0; i < 1100; i++) {
			builder.attribute("k" + i, i);
		}
		builder.attribute("success", true).attribute("k0", -1);
		assertThat(builder.refused()).isEqualTo(1100 - 1024 + 1);
		assertThat(builder.build().attributeCount()).isEqualTo(1025);
		assertThat(builder.attributes().get("success")).isEqualTo(true);
		assertThat(builder.attributes().get("k0")).as("searching a full list for each would be slow").isEqualTo(0L);
	}

	@Test
	void buildWhenNoIdIsSetMakesVersion7OfItsTime() {
		Event event = Event.builder("e").timestampMillis(1_700_000_000_123L).build();
		assertThat(event.id().version()).isEqualTo(7);
		assertThat(event.id().variant()).isEqualTo(2);
		assertThat(event.id().getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_123L);
	}

	@Test
	void buildWhenManyEventsInOneMillisecondIdsRise() {
		String last = "";
		Set<UUID> seen = new HashSet<>();
		for (int i = 0; i < 20_000; i++) {
			UUID id = Event.builder("e").timestampMillis(1_700_000_000_123L).build().id();
			assertThat(id.toString()).isGreaterThan(last);
			last = id.toString();
			seen.add(id);
		}
		assertThat(seen).hasSize(20_000);
	}

	@Test
	void buildWhenTwoThreadsInOneMillisecondIdsDiffer() throws InterruptedException {
		Set<UUID> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
		Runnable work = () -> {
			for (int i = 0; i < 5000; i++) {
				seen.add(Event.builder("e").timestampMillis(1).build().id());
			}
		};
		Thread other = new Thread(work);
		other.start();
		work.run();
		other.join(30_000);
		assertThat(seen).hasSize(10_000);
	}

	@Test
	void timestampWhenOutOfRangeBecomesTheBound() {
		assertThat(Event.builder("e").timestamp(Instant.MAX).build().timestamp()).isEqualTo("9999-12-31T23:59:59.999Z");
		assertThat(Event.builder("e").timestamp(Instant.MIN).build().timestamp()).isEqualTo("1970-01-01T00:00:00Z");
		assertThat(Event.builder("e").timestampMillis(Long.MAX_VALUE).build().timestamp())
			.isEqualTo("9999-12-31T23:59:59.999Z");
	}

	@Test
	void toBuilderCopiesEverything() {
		Event event = Event.builder("e")
			.type("feature.used")
			.origin(EventOrigin.of("tool", "1"))
			.timestampMillis(5)
			.samplingRate(0.5)
			.attribute("a", 1)
			.build();
		assertThat(event.toBuilder().build()).isEqualTo(event);
		assertThat(event.toBuilder().attribute("a", 2).build()).isNotEqualTo(event);
	}

	@Test
	void restartForgetsEverythingAndLeavesBuiltEventsAlone() {
		Event.Builder builder = Event.builder("one").type("t").timestampMillis(1).samplingRate(0.5);
		builder.attribute("a", "secret").attribute("b", 2).attribute("n", Double.NaN);
		Event one = builder.build();
		Event two = builder.restart("two").attribute("b", 3).attribute("a", 4).build();
		Event three = builder.restart("three").attribute("b", 5).attribute("c", 6).build();
		assertThat(one.attributes()).containsExactly(Map.entry("a", "secret"), Map.entry("b", 2L));
		assertThat(two.attributes()).containsExactly(Map.entry("b", 3L), Map.entry("a", 4L));
		assertThat(three.attributes()).containsExactly(Map.entry("b", 5L), Map.entry("c", 6L));
		assertThat(two.type()).isNull();
		assertThat(two.samplingRate()).isEqualTo(1);
		assertThat(two.id()).isNotEqualTo(one.id());
		assertThat(builder.refused()).isZero();
	}

	@Test
	void timeIsTheOneThatWasSetWhateverTheIdSays() {
		UUID id = UUID.fromString("00000000-00ff-7000-8000-000000000001");
		Event.Builder builder = Event.builder("e").id(id);
		assertThat(builder.timestampMillis(255).build().timestampMillis()).isEqualTo(255);
		assertThat(builder.timestampMillis(256).build().timestampMillis()).isEqualTo(256);
		assertThat(builder.timestampMillis(0).build().timestampMillis()).isZero();
		assertThat(builder.timestampMillis(255).build()).isEqualTo(builder.build())
			.isNotEqualTo(builder.timestampMillis(256).build());
		Event made = Event.builder("e").timestampMillis(1_000_000_000_000L).build();
		assertThat(made.timestampMillis()).isEqualTo(1_000_000_000_000L);
		assertThat(made.toBuilder().timestampMillis(7).build().timestampMillis()).isEqualTo(7);
	}

	@Test
	void toStringHoldsNoAttributeValue() {
		assertThat(Event.builder("e").attribute("a", "secret").build().toString()).doesNotContain("secret")
			.startsWith("Event[e ");
	}

	@Test
	void originWhenTextsAreUnusualMakesThemShowable() {
		EventOrigin origin = new EventOrigin(" ", "1\uD800", " ", null, "x".repeat(300), "a\nb", "17");
		assertThat(origin)
			.isEqualTo(new EventOrigin("unknown", "1\uFFFD", null, null, "x".repeat(256), "a\uFFFDb", "17"));
	}

}
