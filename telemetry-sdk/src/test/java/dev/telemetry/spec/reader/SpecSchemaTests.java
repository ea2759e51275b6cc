package dev.telemetry.spec.reader;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.Stability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The schema for editors knows the fields and words that the reader knows, and no others.
 */
class SpecSchemaTests {

	private static final String KNOWN = "write one of ";

	/**
	 * Every mapping of a spec; a word that nobody knows stands where the text says so.
	 */
	private static final String EVERYWHERE = """
			HERE: x
			meta:
			  { HERE: x, key: a, version: 1.0.0, owners: [b] }
			config:
			  HERE: x
			  anomalyDetection: { HERE: x }
			  providers: [ { HERE: x } ]
			events:
			  - HERE: x
			    semantics: { HERE: x }
			    sampling: { HERE: x }
			    retention: { HERE: x }
			    properties:
			      items: { HERE: x }
			    anomalyDetection:
			      HERE: x
			      thresholds: [ { HERE: x } ]
			""";

	private final JsonNode schema = schema();

	@ParameterizedTest
	@CsvSource({ "1, ''", "3, /$defs/meta", "5, /$defs/config", "6, /$defs/config/properties/anomalyDetection",
			"7, /$defs/provider", "9, /$defs/event", "10, /$defs/semantics", "11, /$defs/event/properties/sampling",
			"12, /$defs/retention", "14, /$defs/property", "16, /$defs/anomaly", "17, /$defs/threshold" })
	void itKnowsTheFieldsOfTheReader(int line, String place) {
		List<SpecProblem> problems = catchThrowableOfType(TelemetrySpecException.class,
				() -> TelemetrySpecReader.read("a", EVERYWHERE.getBytes(StandardCharsets.UTF_8)))
			.problems();
		String action = problems.stream()
			.filter((problem) -> problem.line() == line && problem.problem().equals("'HERE' is not known here"))
			.map(SpecProblem::action)
			.collect(Collectors.joining());
		assertThat(action).startsWith(KNOWN);
		JsonNode mapping = this.schema.at(place);
		assertThat(new TreeSet<>(mapping.at("/properties").propertyNames()))
			.isEqualTo(new TreeSet<>(Set.of(action.substring(KNOWN.length()).split(", "))));
		assertThat(mapping.at("/additionalProperties").asBoolean(true)).isFalse();
	}

	@Test
	void itKnowsTheWordsOfTheReader() {
		assertThat(words("/$defs/privacy")).isEqualTo(words(PrivacyLevel.class));
		assertThat(words("/$defs/meta/properties/stability")).isEqualTo(words(Stability.class));
		assertThat(words("/$defs/property/properties/type")).isEqualTo(words(PropertyType.class));
		assertThat(words("/$defs/retention/properties/policy")).isEqualTo(words(EventRetention.Policy.class));
		assertThat(words("/$defs/anomaly/properties/actions/items")).isEqualTo(words(AnomalyAction.class));
		Set<String> redactions = words(Redaction.class);
		redactions.remove("secrets");
		redactions.addAll(Set.of("true", "false"));
		assertThat(words("/$defs/property/properties/redact")).isEqualTo(redactions);
	}

	@Test
	void whatItRefersToIsThere() {
		List<String> references = this.schema.findValues("$ref").stream().map(JsonNode::asString).toList();
		assertThat(references).isNotEmpty()
			.allSatisfy((reference) -> assertThat(this.schema.at(reference.substring(1)).isMissingNode()).isFalse());
	}

	private Set<String> words(String place) {
		Set<String> words = new TreeSet<>();
		this.schema.at(place + "/enum").forEach((word) -> words.add(word.asString()));
		return words;
	}

	private static Set<String> words(Class<? extends Enum<?>> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static JsonNode schema() {
		InputStream json = SpecSchemaTests.class.getResourceAsStream("/dev/telemetry/telemetry-spec.schema.json");
		return JsonMapper.shared().readTree(json);
	}

}
