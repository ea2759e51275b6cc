package dev.telemetry.spec;

import java.util.List;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests for {@link SamplingCondition}. */
class SamplingConditionTests {

	private static final Map<String, Object> EVENT = Map.of("items", 3L, "total", 9.5, "channel", "web", "gift", true,
			"duration_ms", 1500.0, "in_stock", false);

	@ParameterizedTest
	@ValueSource(strings = { "items == 3", "items==3.0", "items >= 3", "items <= 3", "items != 4", "items > -1",
			"total < 9.75", "total > 9.25e0", "channel == 'web'", "channel == \"web\"", "channel != 'mobile'",
			"channel in ['mobile', 'web']", "items in [1, 3]", "gift", "gift == true", "not in_stock",
			"gift and items > 2", "gift and not in_stock and items > 2", "in_stock or gift",
			"in_stock and items == 9 or gift", "gift or in_stock and items == 9", "not (in_stock or items > 3)",
			"not not gift", "((items > 2))", "  duration_ms > 1000  ", "not missing > 3", "not (missing != 'a')" })
	void whatIsTrueHolds(String condition) {
		assertThat(SamplingCondition.of(condition).holds(EVENT::get)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "items == 4", "items < 3", "items > 3", "channel == 'WEB'", "channel in ['mobile']",
			"in_stock", "gift == false", "gift and in_stock", "(gift or in_stock) and items == 9", "not gift",
			"missing == 'a'", "missing != 'a'", "missing", "missing in [1]", "items == 'three'", "channel == 3",
			"channel != 3", "gift == 'true'" })
	void whatIsNotTrueDoesNotHold(String condition) {
		assertThat(SamplingCondition.of(condition).holds(EVENT::get)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "items >|a number, true, false or a text in quotes at character 8",
					"items > 'a'|a number at character 9", "items = 3|'and', 'or' or the end at character 7",
					"and|the name of a property at character 1", "items > 3 and|the name of a property at character 14",
					"(items > 3|')' at character 11", "channel in 'web'|'[' at character 12",
					"channel in ['web'|']' at character 18", "channel == 'web|a text that ends in ' at character 12",
					"items > 3 items|'and', 'or' or the end at character 11",
					"T(java.lang.Runtime)|'and', 'or' or the end at character 2",
					"items > NaN|a number, true, false or a text in quotes at character 9",
					"items > 1e999|a number, true, false or a text in quotes at character 9",
					"items > 0x1p3f|a number, true, false or a text in quotes at character 9",
					"items.size() > 3|'and', 'or' or the end at character 11",
					"#{items}|the name of a property at character 1" })
	void whatCannotBeReadSaysWhereAndWhatWasExpected(String condition, String expected) {
		assertThatIllegalArgumentException().isThrownBy(() -> SamplingCondition.of(condition))
			.withMessageEndingWith("must have " + expected);
	}

	@Test
	void anEmptyConditionIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> SamplingCondition.of(" "));
	}

	@Test
	void lengthAndDepthAreBounded() {
		assertThatIllegalArgumentException().isThrownBy(() -> SamplingCondition.of("a".repeat(257)))
			.withMessageContaining("at most 256 characters");
		assertThat(SamplingCondition.of("(".repeat(15) + "a" + ")".repeat(15)).holds((key) -> true)).isTrue();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SamplingCondition.of("(".repeat(16) + "a" + ")".repeat(16)))
			.withMessageContaining("fewer parentheses");
	}

	@Property
	void anyTextIsAConditionOrAnIllegalArgument(@ForAll String text) {
		Throwable thrown = catchThrowable(() -> SamplingCondition.of(text).holds(EVENT::get));
		if (thrown != null) {
			assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "other > 1|'other' must be declared for a condition",
			"customer == 'a'|'customer' must be kept in clear or in buckets for a condition: it would tell what is not recorded",
			"items == 'a'|'items' must be a string to be compared with 'a'",
			"channel|'channel' must be a boolean to be compared with true",
			"gift or channel > 3|'channel' must be a number to be compared with 3.0",
			"channel in ['web', 'letter']|'channel' can never be 'letter'" })
	void aConditionMustBeAboutWhatAnEventShows(String condition, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> declaring(condition)).withMessage(message);
		assertThat(declaring("items > 3 and channel != 'web' and (gift or total in [50, 100])").samplingConditions())
			.hasToString("[items > 3 and channel != 'web' and (gift or total in [50, 100])]");
	}

	private static EventDefinition declaring(String condition) {
		return EventDefinition.builder("order.placed")
			.property("items", PropertyType.NUMBER)
			.property("gift", PropertyType.BOOLEAN)
			.property(PropertyDefinition.builder("total", PropertyType.NUMBER).bucket(50).build())
			.property(
					PropertyDefinition.builder("channel", PropertyType.STRING).values(List.of("web", "mobile")).build())
			.property(PropertyDefinition.of("customer", PropertyType.STRING, PrivacyLevel.PII))
			.samplingConditions(List.of(SamplingCondition.of(condition)))
			.build();
	}

}
