package dev.telemetry.spec.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventRetention.Policy;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.SpecProvider;
import dev.telemetry.spec.Stability;
import dev.telemetry.spec.TelemetrySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests for {@link TelemetrySpecReader}. */
class TelemetrySpecReaderTests {

	private static final String META = """
			meta:
			  key: shop.telemetry
			  version: 1
			  owners: ['@team.shop']
			""";

	private static final String EVENT = """
			events:
			  - key: order.placed
			    semantics: { what: An order was placed }
			    privacy: internal
			""";

	@Test
	void readTheSourcesOwnExample() throws Exception {
		TelemetrySpec spec = read(resource("sigil.telemetry.yaml"));
		assertThat(spec.key()).isEqualTo("sigil.telemetry");
		assertThat(spec.version()).isEqualTo("1.0.0");
		assertThat(spec.title()).isEqualTo("Sigil telemetry");
		assertThat(spec.description()).isEqualTo("Core Sigil product telemetry");
		assertThat(spec.domain()).isEqualTo("sigil");
		assertThat(spec.owners()).containsExactly("@team.analytics");
		assertThat(spec.tags()).containsExactly("telemetry");
		assertThat(spec.stability()).isEqualTo(Stability.EXPERIMENTAL);
		assertThat(spec.providers()).containsExactly(new SpecProvider("posthog", Map.of("project", "sigil")));
		EventDefinition event = spec.events().get(0);
		assertThat(event.name()).isEqualTo("sigil.telemetry.workflow_step");
		assertThat(event.semantics())
			.isEqualTo(new EventSemantics("Workflow step executed", "Actor executing the workflow", null));
		assertThat(event.retention()).isEqualTo(new EventRetention(30, Policy.DELETE));
		assertThat(event.samplingRate()).isEqualTo(1);
		assertThat(event.properties()).containsOnlyKeys("workflow", "step", "durationMs", "userId");
		assertThat(property(event, "workflow").required()).isTrue();
		assertThat(property(event, "durationMs").required()).isFalse();
		assertThat(property(event, "durationMs").keptInClear()).isTrue();
		assertThat(property(event, "userId").privacy()).isEqualTo(PrivacyLevel.PII);
		assertThat(property(event, "userId").redaction()).isEqualTo(Redaction.MASK);
		assertThat(event.anomaly())
			.isEqualTo(new AnomalyRule(true, 10, List.of(new AnomalyThreshold("durationMs", null, 1500.0, null)),
					Set.of(AnomalyAction.ALERT, AnomalyAction.TRIGGER_REGEN), AnomalyRule.DEFAULT_WINDOW, null));
	}

	@Test
	void readEverythingAnEventMaySay() throws Exception {
		EventDefinition event = read(META + """
				events:
				  - key: order.placed
				    version: 2.1
				    type: feature.used
				    purpose: See what is bought
				    semantics: { what: An order was placed, why: Plan the stock }
				    privacy: public
				    tags: [shop]
				    expires: 2027-12-31
				    retention: { days: 7, policy: archive }
				    sampling: { rate: 0.25, conditions: [price > 100] }
				    properties:
				      size: { type: string, values: [small, large], description: How big it is }
				      price: { type: number, min: 0, max: 1000, bucket: 50 }
				      customer: { type: string, privacy: sensitive, redact: hash }
				    anomalyDetection:
				      minimumSample: 3
				      window: 5m
				      cooldown: 90s
				      thresholds: []
				""").events().get(0);
		assertThat(event.version()).isEqualTo("2.1.0");
		assertThat(event.type()).isEqualTo("feature.used");
		assertThat(event.purpose()).isEqualTo("See what is bought");
		assertThat(event.privacy()).isEqualTo(PrivacyLevel.PUBLIC);
		assertThat(event.tags()).containsExactly("shop");
		assertThat(event.expires()).isEqualTo(LocalDate.of(2027, 12, 31));
		assertThat(event.retention()).isEqualTo(new EventRetention(7, Policy.ARCHIVE));
		assertThat(event.samplingRate()).isEqualTo(0.25);
		assertThat(event.samplingConditions()).containsExactly(SamplingCondition.of("price > 100"));
		assertThat(property(event, "size").values()).containsExactly("small", "large");
		assertThat(property(event, "size").description()).isEqualTo("How big it is");
		assertThat(property(event, "price").redaction()).isEqualTo(Redaction.BUCKET);
		assertThat(property(event, "price").bucket()).isEqualTo(50);
		assertThat(property(event, "price").max()).isEqualTo(1000);
		assertThat(property(event, "customer").redaction()).isEqualTo(Redaction.HASH);
		assertThat(event.anomaly()).isEqualTo(new AnomalyRule(true, 3, List.of(), Set.of(AnomalyAction.ALERT),
				Duration.ofMinutes(5), Duration.ofSeconds(90)));
	}

	@ParameterizedTest
	@CsvSource({ "internal,,INTERNAL,SECRETS", "internal,pii: true,PII,MASK",
			"internal,privacy: sensitive,SENSITIVE,MASK", "internal,redact: true,INTERNAL,MASK",
			"internal,redact: drop,INTERNAL,DROP", "pii,,PII,MASK", "pii,pii: false,INTERNAL,SECRETS",
			"pii,redact: false,PII,MASK", "sensitive,,SENSITIVE,MASK", "sensitive,pii: false,SENSITIVE,MASK",
			"sensitive,privacy: public,SENSITIVE,MASK", "public,,PUBLIC,SECRETS" })
	void propertyIsAsPersonalAsItsEventUnlessItSaysMore(String event, String said, PrivacyLevel privacy,
			Redaction redaction) throws Exception {
		PropertyDefinition property = property(read(META + """
				events:
				  - key: order.placed
				    semantics: { what: An order was placed }
				    privacy: %s
				    properties:
				      customer: { type: string%s }
				""".formatted(event, (said != null) ? ", " + said : "")).events().get(0), "customer");
		assertThat(property.privacy()).isEqualTo(privacy);
		assertThat(property.redaction()).isEqualTo(redaction);
	}

	@Test
	void errorsAreAllNamedWithTheirPlaces() {
		TelemetrySpecException thrown = refuse("""
				meta:
				  key: shop.telemetry
				  version: one
				events:
				  - key: order.placed
				    semantic: { what: An order was placed }
				    privacy: secret
				    properties:
				      size: { type: text }
				""");
		assertThat(thrown.problems()).extracting(SpecProblem::toString)
			.containsExactly("shop.telemetry.yaml:2:3: 'owners' is missing; say who answers for it",
					"shop.telemetry.yaml:3:12: 'version' is 'one', which is not a semantic version such as 1.0.0; write a"
							+ " semantic version such as 1.0.0",
					"shop.telemetry.yaml:5:5: 'semantics' is missing; write 'semantics:' with 'what', which says what"
							+ " happened",
					"shop.telemetry.yaml:6:5: 'semantic' is not known here; write one of key, name, version, privacy,"
							+ " semantics, properties, type, purpose, expires, tags, sampling, retention,"
							+ " anomalyDetection",
					"shop.telemetry.yaml:7:14: 'privacy' is 'secret', which is not one of public, internal, pii,"
							+ " sensitive; write one of public, internal, pii, sensitive",
					"shop.telemetry.yaml:9:21: 'type' is 'text', which is not one of string, number, boolean, timestamp,"
							+ " json; write one of string, number, boolean, timestamp, json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "text", "{", "meta: 1\nevents: []", "meta: {a: b\n" })
	void textThatIsNoSpecIsRefusedWithAPlace(String text) {
		assertThat(refuse(text).problems()).isNotEmpty().allSatisfy((problem) -> {
			assertThat(problem.file()).isEqualTo("shop.telemetry.yaml");
			assertThat(problem.line()).isPositive();
			assertThat(problem.column()).isPositive();
			assertThat(problem.problem()).isNotBlank();
			assertThat(problem.action()).isNotBlank();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "    sampling: { rate: 2 }", "    retention: { days: 0 }", "    expires: tomorrow",
			"    properties: { p: { type: number, min: 2, max: 1 } }",
			"    properties: { p: { type: boolean, bucket: 5 } }",
			"    properties: { p: { type: number, values: [a] } }",
			"    properties: { p: { type: number, pii: true } }\n    anomalyDetection: { thresholds: [{ metric: p, max: 1 }] }",
			"    anomalyDetection: { thresholds: [{ metric: p, max: 1 }] }",
			"    anomalyDetection: { thresholds: [{ metric: p }] }", "    anomalyDetection: { actions: [shout] }" })
	void eventThatContradictsItselfIsRefused(String line) {
		assertThat(refuse(META + EVENT + line).problems()).isNotEmpty();
	}

	@Test
	void objectsOfNamedTypesAreNeverMade() {
		assertThat(refuse(META + EVENT + "    purpose: !!java.net.URL [\"https://example.com\"]").problems())
			.isNotEmpty();
	}

	@Test
	void sameEventTwiceIsRefused() {
		assertThat(refuse(META + EVENT + EVENT.substring(EVENT.indexOf('\n') + 1)).problems()).singleElement()
			.extracting(SpecProblem::problem)
			.isEqualTo("'order.placed' must not be declared twice in version 1.0.0");
	}

	private static PropertyDefinition property(EventDefinition event, String name) {
		PropertyDefinition property = event.properties().get(name);
		assertThat(property).as(name).isNotNull();
		return property;
	}

	private static TelemetrySpecException refuse(String yaml) {
		return catchThrowableOfType(TelemetrySpecException.class, () -> read(yaml));
	}

	private static TelemetrySpec read(String yaml) throws TelemetrySpecException {
		return TelemetrySpecReader.read("shop.telemetry.yaml", yaml.getBytes(StandardCharsets.UTF_8));
	}

	private static String resource(String name) throws IOException {
		try (InputStream in = TelemetrySpecReaderTests.class.getResourceAsStream("/dev/telemetry/spec/" + name)) {
			assertThat(in).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
