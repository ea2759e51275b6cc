package dev.telemetry.spec.lint;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.spec.NameRules;
import dev.telemetry.spec.PropertyType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The rules for specs, each found and each not found. */
class TelemetrySpecLinterTests {

	private static final String CLEAN = """
			meta:
			  key: shop.telemetry
			  version: 1.0.0
			  owners: ['@team.shop']
			config:
			  defaultSamplingRate: 1
			events:
			  - key: order.placed
			    version: 1.0.0
			    semantics:
			      what: An order was placed
			    purpose: decide which payment to offer first
			    privacy: internal
			    expires: 2027-06-30
			    sampling: { rate: 0.5 }
			    properties:
			      items: { type: number, min: 1, max: 100 }
			      payment: { type: string, values: [card, invoice] }
			      customer_id: { type: string, pii: true, redact: hash }
			    anomalyDetection:
			      minimumSample: 10
			      thresholds:
			        - metric: items
			          max: 50
			""";

	private final TelemetrySpecLinter linter = new TelemetrySpecLinter(LocalDate.of(2026, 11, 21));

	@Test
	void nothingIsFoundInACleanSpec() {
		assertThat(lint(CLEAN)).isEmpty();
	}

	@Test
	@Tag("I37")
	void everythingThatCannotBeReadIsFound() {
		assertThat(lint(CLEAN.replace("version: 1.0.0", "version: one")))
			.allSatisfy((finding) -> assertThat(finding.rule()).isEqualTo(LintRule.SPEC))
			.extracting(LintFinding::line)
			.containsExactly(3, 9);
		assertThat(lint("just text")).extracting(LintFinding::rule).containsExactly(LintRule.SPEC);
	}

	@Test
	@Tag("I37")
	void privacyAndOwnersThatAreMissingHaveTheirOwnRules() {
		assertThat(
				lint(CLEAN.substring(0, CLEAN.indexOf("    anomalyDetection:")).replace("    privacy: internal\n", "")))
			.extracting(LintFinding::rule)
			.containsExactly(LintRule.PRIVACY);
		assertThat(lint(CLEAN.replace("  owners: ['@team.shop']\n", ""))).extracting(LintFinding::rule)
			.containsExactly(LintRule.OWNER);
	}

	@ParameterizedTest(name = "{0}: {3}")
	@Tag("I37")
	@MethodSource("mistakes")
	void eachRuleFindsItsMistake(LintRule rule, int line, String before, String after) {
		String mistaken = CLEAN.replace(before, after);
		assertThat(mistaken).isNotEqualTo(CLEAN);
		assertThat(lint(mistaken)).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo(rule);
			assertThat(finding.line()).isEqualTo(line);
			assertThat(finding.problem()).isNotBlank();
			assertThat(finding.action()).isNotBlank();
		});
	}

	static List<Arguments> mistakes() {
		return List.of(Arguments.of(LintRule.OWNER, 4, "@team.shop", "Bob"),
				Arguments.of(LintRule.PURPOSE, 12, "decide which payment to offer first", "todo"),
				Arguments.of(LintRule.PURPOSE, 12, "decide which payment to offer first", "'...'"),
				Arguments.of(LintRule.PURPOSE, 8, "    purpose: decide which payment to offer first\n", ""),
				Arguments.of(LintRule.EXPIRY, 14, "2027-06-30", "2026-11-21"),
				Arguments.of(LintRule.EXPIRY, 14, "2027-06-30", "2028-11-22"),
				Arguments.of(LintRule.EXPIRY, 8, "    expires: 2027-06-30\n", ""),
				Arguments.of(LintRule.SAMPLING, 15, "rate: 0.5", "rate: 0.049"),
				Arguments.of(LintRule.PERSONAL_DATA, 19, "customer_id: { type: string, pii: true",
						"customer_id: { type: string"),
				Arguments.of(LintRule.PERSONAL_IN_PUBLIC, 19, "privacy: internal", "privacy: public"),
				Arguments.of(LintRule.FREE_TEXT, 18, ", values: [card, invoice]", ""),
				Arguments.of(LintRule.FREE_TEXT, 18, "string, values: [card, invoice]", "json"),
				Arguments.of(LintRule.GENERIC_NAME, 18, "payment:", "data:"),
				Arguments.of(LintRule.GENERIC_NAME, 8, "order.placed", "test.event"),
				Arguments.of(LintRule.SIMILAR_NAME, 18, "payment:", "Items:"),
				Arguments.of(LintRule.SIMILAR_NAME, 18, "payment:", "itemss:"),
				Arguments.of(LintRule.ANOMALY, 23, "max: 50", "max: 100"),
				Arguments.of(LintRule.ANOMALY, 23, "max: 50", "max: 0"),
				Arguments.of(LintRule.ANOMALY, 23, "max: 50", "min: 101"),
				Arguments.of(LintRule.ANOMALY, 23, "max: 50", "max: 50\n          min: 50"),
				Arguments.of(LintRule.ANOMALY, 25, "max: 50", "max: 50\n        - metric: items\n          min: 2"),
				Arguments.of(LintRule.ANOMALY, 20, "      thresholds:\n        - metric: items\n          max: 50\n",
						""),
				Arguments.of(LintRule.ANOMALY, 20, "config:\n", "config: { anomalyDetection: { enabled: false } }\n#"));
	}

	@Test
	void aLowRateOfTheWholeSpecIsFoundOnceAndOnlyWhereItCounts() {
		String low = CLEAN.replace("defaultSamplingRate: 1", "defaultSamplingRate: 0.01");
		assertThat(lint(low)).isEmpty();
		assertThat(lint(low.replace("    sampling: { rate: 0.5 }\n", ""))).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo(LintRule.SAMPLING);
			assertThat(finding.line()).isEqualTo(6);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.05", "1" })
	void aRateThatSaysEnoughIsFine(String rate) {
		assertThat(lint(CLEAN.replace("rate: 0.5", "rate: " + rate))).isEmpty();
	}

	@Test
	void anAverageNeedsASample() {
		String change = CLEAN.replace("max: 50", "percentChange: 50");
		assertThat(lint(change)).isEmpty();
		assertThat(lint(change.replace("minimumSample: 10", "minimumSample: 4"))).extracting(LintFinding::rule)
			.containsExactly(LintRule.ANOMALY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "email", "userEmail", "user_id", "userId", "user", "customerName", "first_name",
			"IPAddress", "client.ip", "phone-number", "dateOfBirth", "deviceId", "accountNumber", "authToken" })
	void namesOfPersonalDataAreKnown(String name) {
		assertThat(TelemetrySpecLinter.looksPersonal(name, PropertyType.STRING)).isTrue();
		assertThat(TelemetrySpecLinter.looksPersonal(name, PropertyType.BOOLEAN)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "items", "sku", "job_name", "user_role", "latency", "ipad_model", "messages", "image",
			"page", "manager_count" })
	void otherNamesAreLeftAlone(String name) {
		assertThat(TelemetrySpecLinter.looksPersonal(name, PropertyType.STRING)).isFalse();
	}

	@Test
	void aNumberThatCountsPeopleTellsOfNobody() {
		assertThat(TelemetrySpecLinter.looksPersonal("user_count", PropertyType.NUMBER)).isFalse();
		assertThat(TelemetrySpecLinter.looksPersonal("user_id", PropertyType.NUMBER)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "order.placed,order_placed,true", "order.placed,orders.placed,true", "order.placed,order.palced,true",
			"order.placed,order.placet,true", "step_1_done,step_2_done,false", "step1done,step12done,false",
			"order.placed,order.paid,false", "count,mount,false", "min,mins,false" })
	void namesThatAreEasilyMistakenAreSimilar(String one, String other, boolean similar) {
		assertThat(NameRules.areSimilar(NameRules.plain(one), NameRules.plain(other))).isEqualTo(similar);
		assertThat(NameRules.areSimilar(NameRules.plain(other), NameRules.plain(one))).isEqualTo(similar);
	}

	@Test
	void aReasonOnTheLineBeforeOrBehindAllows() {
		String free = CLEAN.replace(", values: [card, invoice] }", " } # lint:allow free-text only our own two words");
		assertThat(lint(free)).isEmpty();
		String before = CLEAN.replace("      payment: { type: string, values: [card, invoice] }",
				"      # lint:allow free-text only our own two words\n"
						+ "      # lint:allow generic-name it is called so everywhere\n\n      data: { type: string }");
		assertThat(lint(before)).isEmpty();
	}

	@Test
	void whatIsAllowedWithoutReasonIsFoundTwice() {
		assertThat(lint(CLEAN.replace(", values: [card, invoice] }", " } # lint:allow free-text")))
			.extracting(LintFinding::rule)
			.containsExactlyInAnyOrder(LintRule.ALLOW, LintRule.FREE_TEXT);
	}

	@Test
	void anAllowanceThatIsNotNeededIsFound() {
		assertThat(lint(CLEAN.replace("rate: 0.5 }", "rate: 0.5 } # lint:allow sampling it is a rare event")))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.rule()).isEqualTo(LintRule.UNUSED_ALLOW);
				assertThat(finding.line()).isEqualTo(15);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "free-txt", "spec", "privacy", "" })
	void onlyRulesThatLeaveAChoiceCanBeAllowed(String rule) {
		assertThat(lint(CLEAN + "# lint:allow " + rule + " for good reasons")).extracting(LintFinding::rule)
			.containsExactly(LintRule.ALLOW);
	}

	@Test
	void whatLooksLikeAnAllowanceInATextIsNone() {
		assertThat(lint(CLEAN.replace("An order was placed", "'An order # lint:allow nonsense in a text'"))).isEmpty();
	}

	@Test
	void filesThatContradictEachOtherAreFound() {
		Map<String, byte[]> files = new LinkedHashMap<>();
		files.put("a.telemetry.yaml", CLEAN.getBytes(StandardCharsets.UTF_8));
		files.put("b.telemetry.yaml", CLEAN.replace("shop.telemetry", "desk").getBytes(StandardCharsets.UTF_8));
		files.put("c.telemetry.yaml",
				CLEAN.replace("shop.telemetry", "till")
					.replace("order.placed", "order_placed")
					.getBytes(StandardCharsets.UTF_8));
		assertThat(this.linter.lint(files)).extracting(LintFinding::file, LintFinding::rule)
			.containsExactly(tuple("b.telemetry.yaml", LintRule.CONFLICT),
					tuple("c.telemetry.yaml", LintRule.SIMILAR_NAME));
	}

	@Test
	void aFindingReadsLikeACompilersMessage() {
		assertThat(lint(CLEAN.replace("@team.shop", "Bob"))).singleElement()
			.hasToString("shop.telemetry.yaml:4:12: owner: 'Bob' cannot be reached;"
					+ " write a team such as @team.shop, or an address");
	}

	@Test
	void whatComesFromElsewhereCanBeRead() throws Exception {
		try (InputStream sigil = getClass().getResourceAsStream("/dev/telemetry/spec/sigil.telemetry.yaml")) {
			assertThat(lint(new String(sigil.readAllBytes(), StandardCharsets.UTF_8))).extracting(LintFinding::rule)
				.containsExactly(LintRule.PURPOSE, LintRule.EXPIRY, LintRule.FREE_TEXT, LintRule.FREE_TEXT);
		}
	}

	private List<LintFinding> lint(String yaml) {
		return this.linter.lint("shop.telemetry.yaml", yaml.getBytes(StandardCharsets.UTF_8));
	}

}
