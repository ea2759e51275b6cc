package dev.telemetry.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeListTests {

	private final Event.Builder builder = Event.builder("e");

	private final AttributeList attributes = this.builder.attributes();

	@Test
	void limitDropsWhatWasSetLast() {
		this.builder.attribute("a", 1).attribute("b", 2).attribute("c", 3);
		assertThat(this.attributes.limit(3)).isZero();
		assertThat(this.attributes.limit(2)).isEqualTo(1);
		assertThat(this.builder.build().attributes()).containsOnlyKeys("a", "b");
	}

	@Test
	void limitWhenSystemAttributesAreLastKeepsThem() {
		this.builder.attribute("a", 1).attribute("b", 2).attribute("success", true).attribute("duration_ms", 1.5);
		assertThat(this.attributes.limit(3)).isEqualTo(1);
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("a", 1L), Map.entry("success", true),
				Map.entry("duration_ms", 1.5));
	}

	@Test
	void limitWhenOnlySystemAttributesAreLeftStops() {
		this.builder.attribute("outcome", "ok").attribute("success", true).attribute("late", 1);
		assertThat(this.attributes.limit(1)).isEqualTo(1);
		assertThat(this.builder.build().attributes()).containsOnlyKeys("outcome", "success");
	}

	@Test
	void cutWhenWithinLimitChangesNothing() {
		this.builder.attribute("key", "12345");
		assertThat(this.attributes.cut(5)).isZero();
		assertThat(this.attributes.get("key")).isEqualTo("12345");
	}

	@Test
	void cutNeverSplitsACharacter() {
		this.builder.attribute("key", "1234\uD83D\uDE00").attribute("longer", 1).attribute("x", "123456");
		assertThat(this.attributes.cut(5)).isEqualTo(3);
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("key", "1234"), Map.entry("longe", 1L),
				Map.entry("x", "12345"));
	}

	@Test
	void rewriteReplacesKeysAndStringsOnly() {
		this.builder.attribute("a", "x").attribute("b", 1);
		this.attributes.rewrite((key) -> key + "!", (key, value) -> key + value);
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("a!", "ax"), Map.entry("b!", 1L));
	}

	@Test
	void rewriteNormalisesWhatComesBack() {
		this.builder.attribute("a", "x").attribute("b", "y").attribute("c", 1).attribute("d", 2);
		this.attributes.rewrite((key) -> key.equals("c") ? " " : key,
				(key, value) -> key.equals("a") ? "  " : " z\uD800 ");
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("b", "z\uFFFD"), Map.entry("d", 2L));
		assertThat(this.builder.refused()).isEqualTo(2);
	}

	@Test
	void rewriteWhenKeysBecomeEqualKeepsTheLastAndCounts() {
		this.builder.attribute("a", 1).attribute("b", 2).attribute("x", 3).attribute("c", 4);
		this.attributes.rewrite((key) -> key.equals("x") ? "x" : "same", (key, value) -> value);
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("same", 4L), Map.entry("x", 3L));
		assertThat(this.builder.refused()).isEqualTo(2);
	}

	@Test
	void removeClosesTheGap() {
		this.builder.attribute("a", 1).attribute("b", 2).attribute("c", 3);
		Event before = this.builder.build();
		this.attributes.remove("a");
		this.attributes.remove("none");
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("b", 2L), Map.entry("c", 3L));
		assertThat(before.attributes()).hasSize(3);
	}

	@Test
	void rewritePlainWhenKeysWereNotRememberedDoesNothing() {
		Object by = new Object();
		this.builder.attribute("a", "x").attribute("b", "y");
		assertThat(this.attributes.rewritePlain(by, (value) -> "z")).isFalse();
		this.attributes.rememberPlain(by, (key) -> key.equals("a"));
		assertThat(this.attributes.rewritePlain(by, (value) -> "z")).as("one of two keys").isFalse();
		this.attributes.rememberPlain(by, (key) -> true);
		assertThat(this.attributes.rewritePlain(new Object(), (value) -> "z")).as("by another").isFalse();
		this.builder.restart("e").attribute("a", "x").attribute("c", "y");
		assertThat(this.attributes.rewritePlain(by, (value) -> "z")).as("another key").isFalse();
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("a", "x"), Map.entry("c", "y"));
	}

	@Test
	void rewritePlainReplacesStringsAndDropsWhatIsBlank() {
		Object by = new Object();
		this.builder.attribute("a", "x").attribute("b", "y").attribute("c", 1).attribute("d", "z");
		this.attributes.rememberPlain(by, (key) -> true);
		assertThat(this.attributes.rewritePlain(by, (value) -> value.equals("z") ? " z! " : " ".repeat(2))).isTrue();
		assertThat(this.builder.build().attributes()).containsExactly(Map.entry("c", 1L), Map.entry("d", "z!"));
		assertThat(this.builder.refused()).isEqualTo(2);
	}

	/**
	 * One builder for many events: keys that come again, in any order, are told apart.
	 */
	@Test
	void restartWhenKeysComeAgainKeepsThemApart() {
		List<String> keys = IntStream.range(0, 12).mapToObj((i) -> "key" + i).toList();
		SplittableRandom random = new SplittableRandom(7);
		for (int round = 0; round < 5000; round++) {
			this.builder.restart("e");
			Map<String, Object> expected = new LinkedHashMap<>();
			int shape = random.nextInt(4);
			for (int i = 0; i < keys.size(); i++) {
				String key = (random.nextInt(20) == 0) ? keys.get(random.nextInt(keys.size())) : keys.get(i);
				String same = (shape == 0) ? new String(key.toCharArray()) : key;
				if (shape != 3 || random.nextInt(3) > 0) {
					this.builder.attribute(same, (long) i);
					expected.put(key, (long) i);
				}
				if (random.nextInt(40) == 0) {
					this.attributes.remove(key);
					expected.remove(key);
				}
			}
			if (random.nextInt(10) == 0) {
				this.attributes.rewrite((key) -> key.equals("key3") ? "other" : key, (key, value) -> value);
				Object moved = expected.remove("key3");
				assertThat(this.attributes.get("other")).isEqualTo(moved);
				this.attributes.remove("other");
			}
			assertThat(this.builder.build().attributes()).isEqualTo(expected);
		}
	}

}
