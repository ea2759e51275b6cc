package dev.telemetry.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Tests for {@link DeclaredValues}. */
class DeclaredValuesTests {

	private static final String CANARY = "Canary Bird 47";

	private static final Redactor REDACTOR = new Redactor("malice", null, List.of());

	private static final Pseudonyms PSEUDONYMS = new Pseudonyms(new byte[32]);

	private final DeclaredValues values = new DeclaredValues(REDACTOR);

	static Stream<Arguments> valuesAsDeclared() {
		Instant instant = Instant.parse("2026-11-21T03:00:00.5Z");
		return Stream.of(arguments(PropertyType.STRING, " text ", "text"),
				arguments(PropertyType.STRING, PropertyType.JSON, "JSON"),
				arguments(PropertyType.STRING, Optional.of("a"), "a"), arguments(PropertyType.STRING, " ", null),
				arguments(PropertyType.STRING, null, null), arguments(PropertyType.NUMBER, 2, 2L),
				arguments(PropertyType.NUMBER, 2.00005, 2.0001), arguments(PropertyType.NUMBER, List.of(1, 2), 2L),
				arguments(PropertyType.BOOLEAN, true, true),
				arguments(PropertyType.TIMESTAMP, instant, "2026-11-21T03:00:00.500Z"),
				arguments(PropertyType.TIMESTAMP, Date.from(instant), "2026-11-21T03:00:00.500Z"),
				arguments(PropertyType.TIMESTAMP, OffsetDateTime.parse("2026-11-21T04:00:00+01:00"),
						"2026-11-21T03:00:00Z"),
				arguments(PropertyType.TIMESTAMP, ZonedDateTime.parse("2026-11-21T04:00:00+01:00"),
						"2026-11-21T03:00:00Z"),
				arguments(PropertyType.TIMESTAMP, "2026-11-21T04:00:00+01:00", "2026-11-21T03:00:00Z"),
				arguments(PropertyType.TIMESTAMP, instant.toEpochMilli(), "2026-11-21T03:00:00.500Z"),
				arguments(PropertyType.JSON, "plain", "plain"), arguments(PropertyType.JSON, 1, 1L),
				arguments(PropertyType.JSON, List.of(1, true, "a\"b\\\u0001"), "[1,true,\"a\\\"b\\\\\\u0001\"]"),
				arguments(PropertyType.JSON, new int[] { 1, 2 }, "[1,2]"), arguments(PropertyType.JSON,
						Map.of("b", List.of(), "a", Map.of("x", 1.5)), "{\"a\":{\"x\":1.5},\"b\":[]}"));
	}

	@ParameterizedTest
	@MethodSource("valuesAsDeclared")
	void keepWhenAsDeclaredNormalises(PropertyType type, @Nullable Object value, @Nullable Object expected) {
		assertThat(keep(PropertyDefinition.builder("p", type), value)).isEqualTo(expected);
	}

	static Stream<Arguments> otherValues() {
		Map<String, Object> endless = new LinkedHashMap<>();
		endless.put("self", endless);
		return Stream.of(arguments(PropertyType.STRING, 1), arguments(PropertyType.STRING, true),
				arguments(PropertyType.STRING, new Object()), arguments(PropertyType.NUMBER, "1"),
				arguments(PropertyType.NUMBER, true), arguments(PropertyType.NUMBER, Double.NaN),
				arguments(PropertyType.BOOLEAN, "true"), arguments(PropertyType.BOOLEAN, 1),
				arguments(PropertyType.TIMESTAMP, "yesterday"), arguments(PropertyType.TIMESTAMP, true),
				arguments(PropertyType.TIMESTAMP, LocalDate.EPOCH), arguments(PropertyType.TIMESTAMP, Long.MAX_VALUE),
				arguments(PropertyType.JSON, endless), arguments(PropertyType.JSON, List.of(new Object())),
				arguments(PropertyType.JSON, "x".repeat(9000).chars().boxed().toList()));
	}

	@ParameterizedTest
	@Tag("I25")
	@MethodSource("otherValues")
	void keepWhenOfAnotherTypeRefuses(PropertyType type, Object value) {
		assertThat(keep(PropertyDefinition.builder("p", type), value)).isSameAs(DeclaredValues.REFUSED);
		assertThat(keep(PropertyDefinition.builder("p", type).privacy(PrivacyLevel.PII), value))
			.isSameAs(DeclaredValues.REFUSED);
	}

	@Test
	void keepWhenTypeWasGuessedTakesAnything() {
		assertThat(keep(PropertyDefinition.builder("p", PropertyType.STRING).inferred(), 1)).isEqualTo(1L);
	}

	@Test
	@Tag("P32")
	void keepOfAMeasureWithItsUnitIsTheNumber() {
		Map<String, Object> measure = Map.of("value", 7.5, "unit", "ms");
		assertThat(keep(PropertyDefinition.builder("p", PropertyType.NUMBER), measure)).isEqualTo(7.5);
		assertThat(keep(PropertyDefinition.builder("p", PropertyType.NUMBER).bucket(5), measure)).isEqualTo(5.0);
		for (Map<String, Object> other : List.<Map<String, Object>>of(Map.of("value", "7"), Map.of("size", 7))) {
			assertThat(keep(PropertyDefinition.builder("p", PropertyType.NUMBER), other))
				.isSameAs(DeclaredValues.REFUSED);
		}
	}

	@Test
	void keepHoldsToValuesAndBounds() {
		PropertyDefinition.Builder size = PropertyDefinition.builder("size", PropertyType.STRING)
			.values(List.of("small", "large"));
		assertThat(keep(size, "small")).isEqualTo("small");
		assertThat(keep(size, "Small")).isSameAs(DeclaredValues.REFUSED);
		PropertyDefinition.Builder price = PropertyDefinition.builder("price", PropertyType.NUMBER).range(0.0, 10.0);
		assertThat(Stream.of(0, 10, 5.5).map((value) -> keep(price, value))).containsExactly(0L, 10L, 5.5);
		assertThat(Stream.of(-1, 10.1).map((value) -> keep(price, value))).containsOnly(DeclaredValues.REFUSED);
	}

	@Test
	@Tag("P23")
	void keepMasksTextsAndNeverMakesUpNumbers() {
		for (PrivacyLevel level : List.of(PrivacyLevel.PII, PrivacyLevel.SENSITIVE)) {
			assertThat(keep(PropertyDefinition.builder("p", PropertyType.STRING).privacy(level), CANARY))
				.isEqualTo("[redacted]");
			assertThat(keep(PropertyDefinition.builder("p", PropertyType.NUMBER).privacy(level), 47)).isNull();
			assertThat(keep(PropertyDefinition.builder("p", PropertyType.BOOLEAN).privacy(level), true)).isNull();
		}
	}

	@Test
	void keepDrops() {
		assertThat(keep(PropertyDefinition.builder("p", PropertyType.STRING).redaction(Redaction.DROP), CANARY))
			.isNull();
	}

	@Test
	void keepHashesWithTheSecretAlone() {
		PropertyDefinition.Builder property = PropertyDefinition.builder("p", PropertyType.STRING)
			.privacy(PrivacyLevel.PII)
			.redaction(Redaction.HASH);
		Object hash = keep(property, CANARY);
		assertThat(hash).asString().matches("[0-9a-f]{40}");
		assertThat(keep(property, " " + CANARY)).isEqualTo(hash);
		assertThat(keep(property, "another")).isNotEqualTo(hash);
		byte[] other = new byte[32];
		other[0] = 1;
		assertThat(this.values.keep(property.build(), CANARY, new Pseudonyms(other))).isNotEqualTo(hash);
		assertThat(this.values.keep(property.build(), CANARY, null)).isEqualTo("[redacted]");
		assertThat(REDACTOR.redactValue("p", String.valueOf(hash))).isEqualTo(hash);
	}

	@Test
	void keepHashesNumbersToo() {
		PropertyDefinition.Builder property = PropertyDefinition.builder("p", PropertyType.NUMBER)
			.privacy(PrivacyLevel.PII)
			.redaction(Redaction.HASH);
		assertThat(keep(property, 47)).asString().matches("[0-9a-f]{40}");
		assertThat(this.values.keep(property.build(), 47, null)).isNull();
	}

	@Test
	void keepPutsNumbersIntoBuckets() {
		PropertyDefinition.Builder age = PropertyDefinition.builder("age", PropertyType.NUMBER)
			.privacy(PrivacyLevel.PII)
			.bucket(10);
		assertThat(Stream.of(0, 9, 10, 47, -1).map((value) -> keep(age, value))).containsExactly(0L, 0L, 10L, 40L,
				-10L);
		assertThat(keep(age, 47.9)).isEqualTo(40.0);
		PropertyDefinition.Builder share = PropertyDefinition.builder("share", PropertyType.NUMBER).bucket(0.1);
		assertThat((Double) keep(share, 0.3)).isCloseTo(0.3, org.assertj.core.api.Assertions.within(1e-9));
	}

	@Test
	void keepRedactsSecretsInsideOfStructures() {
		Object text = keep(PropertyDefinition.builder("p", PropertyType.JSON), Map.of("password", "hunter2", "list",
				List.of(Map.of("mail", "ada@example.com"), "malice"), "ada@example.com", "key"));
		assertThat(text).asString()
			.doesNotContain("hunter2", "ada@example.com", "malice")
			.contains("\"password\":\"[redacted]\"");
	}

	static Stream<Arguments> personal() {
		return Stream.of(PrivacyLevel.PII, PrivacyLevel.SENSITIVE)
			.flatMap((level) -> Stream.of(Redaction.HASH, Redaction.MASK, Redaction.DROP)
				.flatMap((redaction) -> Arrays.stream(PropertyType.values())
					.map((type) -> arguments(level, redaction, type))));
	}

	@ParameterizedTest
	@Tag("P23")
	@MethodSource("personal")
	void keepWhenPersonalNeverLetsTheValueThrough(PrivacyLevel level, Redaction redaction, PropertyType type) {
		PropertyDefinition.Builder property = PropertyDefinition.builder("p", type).privacy(level).redaction(redaction);
		for (Object value : List.of(CANARY, 474747, List.of(CANARY), Map.of(CANARY, Map.of("a", CANARY)),
				new String[] { CANARY }, Optional.of(CANARY), Instant.parse("1974-07-04T07:47:47Z"))) {
			Object kept = keep(property, value);
			if (kept != DeclaredValues.REFUSED && kept != null) {
				assertThat(kept).asString().matches("\\[redacted]|[0-9a-f]{40}");
			}
		}
	}

	private @Nullable Object keep(PropertyDefinition.Builder property, @Nullable Object value) {
		return this.values.keep(property.build(), value, PSEUDONYMS);
	}

}
