package dev.telemetry.autoconfigure;

import java.util.List;
import java.util.Map;

import dev.telemetry.autoconfigure.PropertyRules.Protective;
import dev.telemetry.setting.ProtectiveSettings;
import dev.telemetry.setting.Setting;
import dev.telemetry.setting.Spelling;
import dev.telemetry.setting.ValueParser;
import dev.telemetry.setting.WrongValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests for {@link PropertyTree} and {@link Property}. */
class PropertyTreeTests {

	private final List<Property> properties = PropertyTree.ALL.list();

	@Test
	void listHasTheComponentsOfAllRecords() {
		assertThat(this.properties).extracting(Property::name)
			.hasSizeGreaterThan(60)
			.doesNotHaveDuplicates()
			.contains("telemetry.consent.jdbc.initialize-schema", "telemetry.http.bearer-token", "telemetry.specs",
					"telemetry.events", "telemetry.datadog.site");
	}

	/**
	 * A number without a range, or a type without parser, fails here and nowhere else.
	 */
	@Test
	void everyPropertyHasAParser() {
		assertThat(this.properties).filteredOn((property) -> !property.isMap())
			.allSatisfy((property) -> assertThat(property.parser()).isNotNull());
	}

	@Test
	void everyProtectiveValueIsOne() {
		assertThat(this.properties).filteredOn((property) -> property.has(Protective.class))
			.hasSizeGreaterThan(10)
			.allSatisfy((property) -> assertThat(property.protective()).isNotNull());
	}

	@Test
	void everyDefaultConverts() {
		assertThatNoException().isThrownBy(() -> PropertyTree.RECORDS
			.forEach((type) -> new Binder().bindOrCreate(PropertyTree.prefix(type), type)));
	}

	/** What {@link ProtectiveSettings} relies on, which knows its own names only. */
	@Test
	void noNameIsNearlyOneThatProtects() {
		for (Property property : this.properties) {
			String key = property.name().substring(PropertyTree.PREFIX.length());
			String below = property.isMap() ? ".order.placed.enabled" : "";
			assertThat(ProtectiveSettings.meantBy(setting(key + below, Spelling.DOTTED))).as(key).isNull();
			assertThat(ProtectiveSettings.meantBy(setting(key + ".0", Spelling.DOTTED))).as(key + ".0").isNull();
			if (!property.isMap()) {
				String variable = key.replace('.', '_').replace("-", "");
				assertThat(ProtectiveSettings.meantBy(setting(variable, Spelling.VARIABLE))).as(variable).isNull();
			}
		}
		assertThat(ProtectiveSettings.meantBy(setting("local-onyl", Spelling.DOTTED))).as("the control")
			.isEqualTo("local-only");
	}

	@Test
	void namesAreThoseOfOtherRecordsWhereThereAreOthers() {
		PropertyTree tree = new PropertyTree(List.of(NoticeProperties.class));
		assertThat(tree.list()).extracting(Property::name)
			.containsExactly("telemetry.notice.controller", "telemetry.notice.contact", "telemetry.notice.introduction",
					"telemetry.notice.privacy-policy", "telemetry.notice.recipient-retention",
					"telemetry.notice.third-country", "telemetry.notice.locale");
		assertThat(tree.find("telemetry.notice.contact")).isNotNull();
		assertThat(tree.find("telemetry.endpoint")).isNull();
	}

	/** The parsers have no Spring, and must not differ from what users know of it. */
	@ParameterizedTest
	@ValueSource(strings = { "5", "+5", "5s", "250ms", "7us", "9ns", "2m", "3H", "4d", "PT2S", "pt1m", "P2DT3H", "5 s",
			"5.5s", "soon", "", "s", "5w", "99999999999999999999", "PT999999999999999999H", "P", "PT" })
	void durationIsThatOfSpringBoot(String text) {
		assertSame(text, ValueParser.duration(java.time.Duration.ZERO, java.time.Duration.ofSeconds(Long.MAX_VALUE)),
				(value) -> DurationStyle.detectAndParse(value, java.time.temporal.ChronoUnit.SECONDS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", "+5", "5B", "5KB", "5 MB", "5GB", "5TB", "5kb", "5b", "5PB", "5.5MB", "big", "",
			"99999999999999TB", "99999999999999999999" })
	void sizeIsThatOfSpringBoot(String text) {
		assertSame(text, ValueParser.size(0), (value) -> DataSize.parse(value).toBytes());
	}

	private static <T> void assertSame(String text, ValueParser<T> parser, ValueParser<T> spring) {
		assertThat(outcome(text, parser)).as(text).isEqualTo(outcome(text, spring));
	}

	private static Map<String, ?> outcome(String text, ValueParser<?> parser) {
		try {
			return Map.of("value", parser.parse(text));
		}
		catch (WrongValueException | IllegalArgumentException | ArithmeticException | java.time.DateTimeException ex) {
			return Map.of();
		}
	}

	private static Setting setting(String key, Spelling spelling) {
		return new Setting(key, spelling, "x", "somewhere", false, false);
	}

}
