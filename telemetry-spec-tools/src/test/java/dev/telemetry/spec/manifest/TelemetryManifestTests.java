package dev.telemetry.spec.manifest;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.diff.SpecDiff;
import dev.telemetry.spec.reader.TelemetrySpecException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is written of an archive, and read again. */
class TelemetryManifestTests {

	private static final String WRITTEN = """
			{
			  "format": 1,
			  "events": [
			    {
			      "name": "cart.left",
			      "version": "1.0.0",
			      "privacy": "internal",
			      "sampling": 1,
			      "places": [
			        "com.example.CartService#leave"
			      ],
			      "properties": [ ]
			    },
			    {
			      "name": "order.placed",
			      "version": "1.2.0",
			      "type": "feature.used",
			      "what": "An order was \\"placed\\"",
			      "who": "A clerk",
			      "why": "decide which payment to offer first",
			      "purpose": "decide which payment to offer first",
			      "privacy": "pii",
			      "sampling": 0.5,
			      "conditions": [
			        "items > 3"
			      ],
			      "retentionDays": 30,
			      "retentionPolicy": "archive",
			      "expires": "2027-06-30",
			      "receivers": [
			        "otlp",
			        "posthog"
			      ],
			      "places": [
			        "com.example.OrderService#place",
			        "telemetry/shop.telemetry.yaml:12"
			      ],
			      "properties": [
			        { "name": "age", "type": "number", "privacy": "pii", "redaction": "bucket", "bucket": 10 },
			        { "name": "items", "type": "number", "privacy": "internal", "redaction": "secrets", "required": true, "min": 1, "max": 99.5 },
			        { "name": "payment", "type": "string", "privacy": "internal", "redaction": "secrets", "values": [ "card", "invoice" ], "description": "How it is paid" },
			        { "name": "success", "type": "boolean", "privacy": "internal", "redaction": "secrets", "inferred": true }
			      ]
			    }
			  ],
			  "computed": [
			    "com.example.Config#late"
			  ]
			}
			""";

	@Test
	void isWrittenForReviewersInOneOrder() {
		EventDefinition placed = EventDefinition.builder("order.placed")
			.version("1.2")
			.type("feature.used")
			.semantics(new EventSemantics("An order was \"placed\"", "A clerk", "decide which payment to offer first"))
			.privacy(PrivacyLevel.PII)
			.samplingRate(0.5)
			.samplingConditions(List.of(SamplingCondition.of("items > 3")))
			.retention(new EventRetention(30, EventRetention.Policy.ARCHIVE))
			.expires(LocalDate.of(2027, 6, 30))
			.property(PropertyDefinition.builder("success", PropertyType.BOOLEAN).inferred().build())
			.property(PropertyDefinition.builder("payment", PropertyType.STRING)
				.values(List.of("invoice", "card"))
				.description("How it is paid")
				.build())
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER).required(true).range(1.0, 99.5).build())
			.property(
					PropertyDefinition.builder("age", PropertyType.NUMBER).privacy(PrivacyLevel.PII).bucket(10).build())
			.build();
		TelemetryManifest manifest = new TelemetryManifest(List.of(
				new ManifestEvent(placed, List.of("posthog", "otlp"),
						List.of("telemetry/shop.telemetry.yaml:12", "com.example.OrderService#place")),
				new ManifestEvent(EventDefinition.builder("cart.left").build(), List.of(),
						List.of("com.example.CartService#leave"))),
				List.of("com.example.Config#late"));
		assertThat(text(manifest)).isEqualTo(WRITTEN);
	}

	@Test
	void isReadAsItWasWritten() throws TelemetrySpecException {
		TelemetryManifest read = read(WRITTEN);
		assertThat(text(read)).isEqualTo(WRITTEN);
		assertThat(read.events()).extracting((event) -> event.definition().name())
			.containsExactly("cart.left", "order.placed");
		assertThat(SpecDiff.between(read, read)).isEmpty();
	}

	@Property(tries = 200)
	void isTheSameAfterEveryTurn(@ForAll long seed) throws TelemetrySpecException {
		TelemetryManifest manifest = random(new Random(seed));
		TelemetryManifest read = TelemetryManifest.read("m.json", manifest.toJson());
		assertThat(text(read)).isEqualTo(text(manifest));
		assertThat(SpecDiff.between(manifest, read)).isEmpty();
		assertThat(SpecDiff.between(read, manifest)).isEmpty();
	}

	@Test
	void whatIsNotKnownIsIgnored() throws TelemetrySpecException {
		String more = WRITTEN.replace("\"format\": 1,", "\"later\": { \"a\": [ 1, { } ] }, \"format\": 1,")
			.replace("\"required\": true", "\"later\": [ null, 3.5 ], \"required\": true");
		assertThat(text(read(more))).isEqualTo(WRITTEN);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"format": 1,                 | "format": 2,            | m.json:2:13: its format is 2, and only 1 is known here
					"format": 1,                 | "other": 1,             | 'format' is missing
					"privacy": "pii"             | "privacy": "secret"     | m.json:22:18: a word is here that is not known
					"sampling": 0.5              | "sampling": 5           | 'samplingRate' must be between 0 and 1
					"sampling": 0.5              | "sampling": 1e999       | m.json:23:19: a number is expected here
					"retentionDays": 30          | "retentionDays": 0      | 'days' must be at least 1
					"retentionDays": 30          | "retentionDays": 3e9    | m.json:27:24: a whole number is expected here
					2027-06-30                   | soon                    | m.json:29:18: Text 'soon' could not be parsed
					"name": "order.placed",      | "x": 1,                 | 'name' is missing
					"order.placed"               | "Order placed"          | must be lower case
					"name": "age"                | "name": "items"         | must not declare 'items' twice
					"order.placed"               | "cart.left"             | m.json:49:1: 'cart.left'
					"required": true             | "required": "yes"       | true or false is expected here
					items > 3                    | items >                 | m.json:25:9:
					"computed": [                | "computed": { "a": [    | m.json:46:15: a list is expected here
					"who": "A clerk",            | "who": "A clerk"        | m.json:20:7: it is not valid JSON: Unexpected character
					"who": "A clerk",            | "who": "A", "who": "B", | it is not valid JSON: Duplicate
					""")
	void damageIsNamedWithItsPlace(String before, String after, String message) {
		String damaged = WRITTEN.replace(before, after).replace("\"version\": \"1.2.0\"", "\"version\": \"1.0.0\"");
		assertThat(damaged).isNotEqualTo(WRITTEN);
		assertThatExceptionOfType(TelemetrySpecException.class).isThrownBy(() -> read(damaged))
			.withMessageContaining(message)
			.withMessageStartingWith("m.json:")
			.withMessageEndingWith("; let the build write it anew");
	}

	@Test
	void whatIsCutOffNestedOrLongIsRefused() {
		for (int length = 0; length < WRITTEN.length() - 2; length++) {
			String part = WRITTEN.substring(0, length);
			assertThatExceptionOfType(TelemetrySpecException.class).isThrownBy(() -> read(part));
		}
		String deep = "{\"format\":1,\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
		assertThatExceptionOfType(TelemetrySpecException.class).isThrownBy(() -> read(deep))
			.withMessageContaining("depth");
		String followed = WRITTEN + "{}";
		assertThatExceptionOfType(TelemetrySpecException.class).isThrownBy(() -> read(followed))
			.withMessageContaining("something follows its end");
		byte[] huge = new byte[TelemetryManifest.MAX_BYTES + 1];
		assertThatExceptionOfType(TelemetrySpecException.class).isThrownBy(() -> TelemetryManifest.read("m.json", huge))
			.withMessageContaining("longer than");
	}

	@Test
	void anEventIsThereOnceInAVersion() {
		ManifestEvent event = new ManifestEvent(EventDefinition.builder("a.b").build(), List.of(), List.of());
		assertThatIllegalArgumentException().isThrownBy(() -> new TelemetryManifest(List.of(event, event), List.of()))
			.withMessage("'a.b' must not be there twice in version 1.0.0");
	}

	private static TelemetryManifest read(String json) throws TelemetrySpecException {
		return TelemetryManifest.read("m.json", json.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(TelemetryManifest manifest) {
		return new String(manifest.toJson(), StandardCharsets.UTF_8);
	}

	private static TelemetryManifest random(Random random) {
		List<ManifestEvent> events = new ArrayList<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			events.add(new ManifestEvent(event("event_" + i, random), texts(random), texts(random)));
		}
		return new TelemetryManifest(events, texts(random));
	}

	private static EventDefinition event(String name, Random random) {
		EventDefinition.Builder event = EventDefinition.builder(name)
			.version(random.nextInt(3) + "." + random.nextInt(3))
			.type(random.nextBoolean() ? text(random) : null)
			.purpose(random.nextBoolean() ? text(random) : null)
			.semantics(random.nextBoolean() ? new EventSemantics("w" + text(random), null, text(random)) : null)
			.privacy(PrivacyLevel.values()[random.nextInt(4)])
			.samplingRate(random.nextDouble())
			.retention(random.nextBoolean()
					? new EventRetention(1 + random.nextInt(999), EventRetention.Policy.values()[random.nextInt(2)])
					: null)
			.expires(random.nextBoolean() ? LocalDate.ofEpochDay(random.nextInt(40000)) : null);
		for (int i = random.nextInt(4); i > 0; i--) {
			event.property(property(i + text(random), random));
		}
		return event.build();
	}

	private static PropertyDefinition property(String name, Random random) {
		PropertyType type = PropertyType.values()[random.nextInt(PropertyType.values().length)];
		PropertyDefinition.Builder property = PropertyDefinition.builder(name, type)
			.privacy(PrivacyLevel.values()[random.nextInt(4)])
			.required(random.nextBoolean())
			.description(random.nextBoolean() ? text(random) : null);
		if (type == PropertyType.NUMBER) {
			property.range(-random.nextDouble() * 1e12, random.nextBoolean() ? (double) random.nextInt(99) : null);
			if (random.nextBoolean()) {
				property.bucket(Math.scalb(1 + random.nextDouble(), random.nextInt(100) - 50));
			}
		}
		else if (type == PropertyType.STRING) {
			property.values(texts(random));
		}
		return (random.nextBoolean() ? property.inferred() : property).build();
	}

	private static List<String> texts(Random random) {
		List<String> texts = new ArrayList<>();
		for (int i = random.nextInt(3); i > 0; i--) {
			texts.add(text(random));
		}
		return texts;
	}

	/** Quotes, line ends, other scripts; no half of a pair, which no file can hold. */
	private static String text(Random random) {
		return random.ints(random.nextInt(12), 1, 0x10000)
			.map((c) -> Character.isSurrogate((char) c) ? 0x1F600 : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
