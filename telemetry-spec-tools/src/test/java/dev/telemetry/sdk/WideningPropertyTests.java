package dev.telemetry.sdk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.diff.SpecDiff;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A third judge, who looks at one field after the other and tries values instead of
 * comparing rules, says the same of any two declarations as the gate and the comparison
 * of specs.
 */
class WideningPropertyTests {

	private static final List<String> TEXTS = List.of("a", "b", "c");

	private static int wider;

	private static int covered;

	@AfterContainer
	static void bothWereSeen() {
		assertThat(wider).isGreaterThan(100);
		assertThat(covered).isGreaterThan(100);
	}

	@Property
	void bothJudgesSayWhatTheNaiveOneSays(@ForAll long seed) {
		Drawing drawing = new Drawing(new SplittableRandom(seed));
		EventDefinition before = drawing.event("1.0.0", null);
		EventDefinition after = drawing.event("1.0.0", before);
		boolean expected = Naive.isWider(before, after);
		Notice agreed = WideningTests.notice(before);
		Notice today = WideningTests.notice(after);
		assertThat(agreed.covers(today)).isEqualTo(!expected);
		assertThat(isWider(List.of(before), List.of(after))).isEqualTo(expected);
		assertThat(agreed.inFirstFormat().covers(today)).as("what the first format said")
			.isEqualTo(!Naive.isWiderInFirstFormat(before, after));
		if (expected) {
			wider++;
		}
		else {
			covered++;
		}
	}

	@Property
	void bothJudgesSayTheSameOfSeveralVersions(@ForAll long seed) {
		Drawing drawing = new Drawing(new SplittableRandom(seed));
		List<EventDefinition> before = drawing.versions(null);
		List<EventDefinition> after = drawing.versions(before);
		Notice agreed = WideningTests.notice(before.toArray(EventDefinition[]::new));
		Notice today = WideningTests.notice(after.toArray(EventDefinition[]::new));
		assertThat(isWider(before, after)).isEqualTo(!agreed.covers(today));
	}

	private static boolean isWider(List<EventDefinition> before, List<EventDefinition> after) {
		return SpecDiff.most(SpecDiff.between(WideningTests.manifest(before.toArray(EventDefinition[]::new)),
				WideningTests.manifest(after.toArray(EventDefinition[]::new)))) == Kind.WIDER;
	}

	/** Draws declarations, and others that differ in a few things. */
	private record Drawing(SplittableRandom random) {

		List<EventDefinition> versions(@Nullable List<EventDefinition> like) {
			List<EventDefinition> versions = new ArrayList<>();
			for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
				EventDefinition known = (like == null) ? null
						: like.stream().filter((event) -> event.version().equals(version)).findFirst().orElse(null);
				if (this.random.nextInt(4) > 0) {
					versions.add(event(version, known));
				}
			}
			return versions.isEmpty() ? List.of(event("1.0.0", null)) : versions;
		}

		EventDefinition event(String version, @Nullable EventDefinition like) {
			EventDefinition.Builder event = EventDefinition.builder("order.placed")
				.version(version)
				.purpose(changed(like, EventDefinition::purpose, pick("x", "y", null)))
				.privacy(changed(like, EventDefinition::privacy, pick(PrivacyLevel.values())))
				.samplingRate(
						changed(like, EventDefinition::samplingRate, pick(0.0, 1e-9, 0.25, 0.5, 0.500_000_1, 1.0)))
				.retention(changed(like, EventDefinition::retention,
						new EventRetention(pick(1, 30, 31), pick(EventRetention.Policy.values()))))
				.expires(changed(like, EventDefinition::expires,
						pick(LocalDate.EPOCH, LocalDate.of(2099, 12, 31), null)));
			for (String name : List.of("items", "coupon")) {
				PropertyDefinition known = (like != null) ? like.properties().get(name) : null;
				if ((known != null) ? this.random.nextInt(8) > 0 : this.random.nextInt(4) == 0) {
					event.property(property(name, known));
				}
			}
			EventDefinition plain = event.build();
			if (like != null && this.random.nextInt(3) > 0) {
				return withConditions(event, plain, like.samplingConditions());
			}
			return withConditions(event, plain,
					Stream.of("items > 1", "items > 2")
						.filter((text) -> this.random.nextBoolean())
						.map(SamplingCondition::of)
						.toList());
		}

		/** A condition is about a number that is kept in clear, or none. */
		private static EventDefinition withConditions(EventDefinition.Builder event, EventDefinition plain,
				List<SamplingCondition> conditions) {
			PropertyDefinition items = plain.properties().get("items");
			boolean fits = items != null && items.type() == PropertyType.NUMBER && items.keptInClear();
			return fits ? event.samplingConditions(conditions).build() : plain;
		}

		private PropertyDefinition property(String name, @Nullable PropertyDefinition like) {
			boolean number = changed(like, (known) -> known.type() == PropertyType.NUMBER, this.random.nextBoolean());
			PrivacyLevel privacy = changed(like, PropertyDefinition::privacy, pick(PrivacyLevel.values()));
			Redaction redaction = changed(like, PropertyDefinition::redaction, pick(Redaction.values()));
			PropertyDefinition.Builder property = PropertyDefinition
				.builder(name, number ? PropertyType.NUMBER : PropertyType.STRING)
				.privacy(privacy)
				.required(changed(like, PropertyDefinition::required, this.random.nextBoolean()));
			if (redaction == Redaction.BUCKET && number) {
				double known = (like != null) ? like.bucket() : 0;
				property.bucket((known > 0 && this.random.nextBoolean()) ? known : pick(0.1, 0.3, 2.0, 3.0, 6.0));
			}
			else if (redaction != Redaction.BUCKET
					&& (redaction != Redaction.SECRETS || privacy.compareTo(PrivacyLevel.PII) < 0)) {
				property.redaction(redaction);
			}
			if (number) {
				Double min = changed(like, PropertyDefinition::min, pick(-2.0, 0.0, 0.5, null));
				Double max = changed(like, PropertyDefinition::max, pick(0.5, 1.0, 3.0, null));
				return property.range(min, max).build();
			}
			List<String> values = changed(like, PropertyDefinition::values,
					TEXTS.stream().filter((text) -> this.random.nextBoolean()).toList());
			return property.values(values).build();
		}

		/** Mostly what it was, so that some of the others are no wider. */
		private <S, T> T changed(@Nullable S like, Function<S, T> known, T other) {
			return (like == null || this.random.nextInt(8) == 0) ? other : known.apply(like);
		}

		@SafeVarargs
		private <T> T pick(T... choices) {
			return choices[this.random.nextInt(choices.length)];
		}

	}

	/** Judges one field after the other, by trying values. */
	private static final class Naive {

		static boolean isWider(EventDefinition before, EventDefinition after) {
			return isWiderInFirstFormat(before, after)
					|| (isCollected(after) && (after.privacy().ordinal() > before.privacy().ordinal()
							|| isLater(before.expires(), after.expires())
							|| after.properties().values().stream().anyMatch((property) -> {
								PropertyDefinition known = before.properties().get(property.name());
								return known != null && mayBeMore(known, property);
							})));
		}

		static boolean isWiderInFirstFormat(EventDefinition before, EventDefinition after) {
			if (!isCollected(after)) {
				return false;
			}
			return !isCollected(before) || !Objects.equals(before.purpose(), after.purpose())
					|| perMillion(after) > perMillion(before)
					|| !after.samplingConditions().containsAll(before.samplingConditions())
					|| seconds(after.retention()) > seconds(before.retention())
					|| after.properties().values().stream().anyMatch((property) -> {
						PropertyDefinition known = before.properties().get(property.name());
						return known == null || tellsMore(known, property);
					});
		}

		private static boolean isCollected(EventDefinition event) {
			return event.samplingRate() > 0;
		}

		private static double perMillion(EventDefinition event) {
			return Math.ceil(event.samplingRate() * 1_000_000);
		}

		private static double seconds(EventRetention retention) {
			return (retention.policy() == EventRetention.Policy.ARCHIVE) ? Double.POSITIVE_INFINITY
					: retention.days() * 86_400.0;
		}

		private static boolean isLater(@Nullable LocalDate before, @Nullable LocalDate after) {
			return before != null && (after == null || after.isAfter(before));
		}

		private static boolean tellsMore(PropertyDefinition before, PropertyDefinition after) {
			return before.type() != after.type() || after.privacy().ordinal() > before.privacy().ordinal()
					|| after.redaction().ordinal() < before.redaction().ordinal()
					|| (before.redaction() == after.redaction() && splitsABucket(before, after));
		}

		/** Some two numbers that were one before are two now. */
		private static boolean splitsABucket(PropertyDefinition before, PropertyDefinition after) {
			if (before.redaction() != Redaction.BUCKET) {
				return false;
			}
			long old = Math.round(before.bucket() * 10);
			long now = Math.round(after.bucket() * 10);
			for (long number = 1; number < 1000; number++) {
				if (number / old == (number - 1) / old && number / now != (number - 1) / now) {
					return true;
				}
			}
			return false;
		}

		private static boolean mayBeMore(PropertyDefinition before, PropertyDefinition after) {
			return (before.required() && !after.required())
					|| Stream.of("a", "b", "c", "something else")
						.anyMatch((text) -> isAllowed(after, text) && !isAllowed(before, text))
					|| DoubleStream.of(-1e9, -2, -1, 0, 0.5, 1, 2, 3, 1e9)
						.anyMatch((number) -> isAllowed(after, number) && !isAllowed(before, number));
		}

		private static boolean isAllowed(PropertyDefinition property, String text) {
			return property.values().isEmpty() || property.values().contains(text);
		}

		private static boolean isAllowed(PropertyDefinition property, double number) {
			return (property.min() == null || number >= property.min())
					&& (property.max() == null || number <= property.max());
		}

	}

}
