package dev.telemetry.sdk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventType;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.event.Event;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.machine.MachineIdSource;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.EventProcessor;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.problem.Problem;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import dev.telemetry.storage.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a spec says holds for every event that is recorded. */
class SpecRecordingTests {

	private static final EventType PLACED = EventType.of("order.placed");

	@TempDir
	private Path home;

	private RecordingFixture fixture = new RecordingFixture();

	private Instant now = Instant.parse("2026-11-21T03:00:00Z");

	private double draw;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@Tag("I25")
	void requiredPropertyThatIsMissingRefusesTheEvent() throws Exception {
		use("""
				items: { type: number, required: true }
				customer: { type: string, pii: true, redact: drop, required: true }
				coupon: { type: string }
				""");
		event().attribute("items", 1).attribute("coupon", "x").record();
		event().attribute("items", "one").attribute("customer", "Ada").record();
		event().attribute("customer", "Ada").attribute("items", 2).record();
		assertThat(this.fixture.event().attributes()).isEqualTo(Map.of("items", 2L));
		assertThat(this.fixture.dropped("invalid")).isEqualTo(3);
		// A draft that was refused has forgotten what it was given
		event().attribute("items", 3).record();
		assertThat(this.fixture.events()).hasSize(1);
	}

	@Test
	@Tag("I25")
	void valueThatIsNotAsDeclaredIsLeftOutAndCounted() throws Exception {
		use("""
				size: { type: string, values: [small, large] }
				price: { type: number, min: 0, max: 10 }
				gift: { type: boolean }
				""");
		event().attribute("size", "huge").attribute("price", 11).attribute("gift", "yes").record();
		event().attribute("size", "small").attribute("price", 10).attribute("gift", true).record();
		assertThat(this.fixture.events()).extracting(Event::attributes)
			.containsExactly(Map.of(), Map.of("size", "small", "price", 10L, "gift", true));
		assertThat(this.fixture.dropped("invalid")).isEqualTo(3);
	}

	@Test
	@Tag("P23")
	void personalValuesAreMaskedHashedDroppedOrPutIntoBuckets() throws Exception {
		use("""
				name: { type: string, pii: true }
				user: { type: string, pii: true, redact: hash }
				street: { type: string, privacy: sensitive, redact: drop }
				age: { type: number, pii: true, bucket: 10 }
				weight: { type: number, pii: true }
				address: { type: json, pii: true }
				""", MachineIdMode.ROTATING);
		for (int i = 0; i < 2; i++) {
			event().attribute("name", "Ada")
				.attribute("user", "ada-47")
				.attribute("street", "Main Street")
				.attribute("age", 47)
				.attribute("weight", 61)
				.attribute("address", Map.of("city", "Paris"))
				.record();
		}
		List<Event> events = this.fixture.events();
		assertThat(events).hasSize(2).allSatisfy((event) -> {
			assertThat(event.attributes()).containsOnlyKeys("name", "user", "age", "address")
				.containsEntry("name", "[redacted]")
				.containsEntry("age", 40L)
				.containsEntry("address", "[redacted]");
			assertThat(event.attribute("user")).asString().matches("[0-9a-f]{40}");
		});
		assertThat(events.get(0).attribute("user")).isEqualTo(events.get(1).attribute("user"));
		assertThat(this.home.resolve("install-secret")).exists();
	}

	@Test
	void hashWhereThereMayBeNoIdentifierIsAMask() throws Exception {
		use("user: { type: string, pii: true, redact: hash }", MachineIdMode.NONE);
		event().attribute("user", "ada-47").record();
		assertThat(this.fixture.event().attribute("user")).isEqualTo("[redacted]");
		assertThat(this.home).isEmptyDirectory();
	}

	@Test
	void secretIsNotMadeForDerivedIdentifiersUnlessSomethingIsHashed() throws Exception {
		use("user: { type: string, pii: true }", MachineIdMode.DERIVED);
		assertThat(this.home).isEmptyDirectory();
	}

	@Test
	void hashWhenTheSecretCannotBeMadeIsAMaskAndAProblem() throws Exception {
		Files.createDirectory(this.home.resolve("install-secret"));
		use("user: { type: string, pii: true, redact: hash }", MachineIdMode.DERIVED);
		event().attribute("user", "ada-47").record();
		assertThat(this.fixture.event().attribute("user")).isEqualTo("[redacted]");
		assertThat(this.fixture.context.status().problems()).extracting(Problem::problem)
			.anySatisfy((problem) -> assertThat(problem).contains("what would be hashed is masked"));
	}

	@Test
	void measuredValuesHeedTheirDeclarationAndNeedNone() throws Exception {
		use("duration_ms: { type: number, bucket: 1000 }");
		this.fixture.context.context().start(PLACED).close();
		assertThat(this.fixture.event().attributes()).containsOnlyKeys("duration_ms", "success", "outcome")
			.containsEntry("duration_ms", 0.0);
	}

	@Test
	void metadataThatIsDeclaredPersonalIsReplaced() throws Exception {
		use(builder("team: { type: string, pii: true }", UndeclaredPolicy.DROP)
			.metadata(Map.of("team", "Ada's", "region", "north")));
		event().record();
		assertThat(this.fixture.event().attributes()).isEqualTo(Map.of("team", "[redacted]", "region", "north"));
	}

	@ParameterizedTest
	@EnumSource(UndeclaredPolicy.class)
	void processorCannotAddWhatWasRemoved(UndeclaredPolicy policy) throws Exception {
		use(processed(builder("""
				name: { type: string, pii: true }
				items: { type: number, max: 10 }
				""", policy),
				(event) -> event.toBuilder()
					.attribute("name", "Ada")
					.attribute("items", 11)
					.attribute("other", "text")
					.build()));
		event().attribute("items", 1).attribute("name", "Bob").record();
		Map<String, Object> attributes = this.fixture.event().attributes();
		assertThat(attributes).containsEntry("name", "[redacted]").doesNotContainKey("items");
		assertThat(attributes.containsKey("other")).isEqualTo(policy == UndeclaredPolicy.RECORD);
	}

	@Test
	void processorThatRenamesToSomethingUndeclaredLosesTheEvent() throws Exception {
		use(processed(builder("items: { type: number }", UndeclaredPolicy.DROP),
				(event) -> Event.builder("something.else").build()));
		event().attribute("items", 1).record();
		assertThat(this.fixture.events()).isEmpty();
		assertThat(this.fixture.dropped("undeclared")).isOne();
	}

	@Test
	@Tag("P24")
	void rateOfTheEventComesBeforeThatOfTheSpecAndIsWrittenDown() throws Exception {
		TelemetrySpecRegistry registry = registry("""
				meta: { key: shop, version: 1, owners: [x] }
				config: { defaultSamplingRate: 0.5 }
				events:
				  - { key: order.placed, semantics: { what: x }, privacy: internal }
				  - { key: order.paid, semantics: { what: x }, privacy: internal, sampling: { rate: 0.75 } }
				""");
		use(TelemetrySdk.builder().declared(registry, UndeclaredPolicy.DROP));
		this.draw = 0.6;
		this.fixture.context.context().record("order.placed");
		this.fixture.context.context().record("order.paid");
		this.draw = 0.49;
		this.fixture.context.context().record("order.placed");
		assertThat(this.fixture.events()).extracting(Event::name).containsExactly("order.paid", "order.placed");
		assertThat(this.fixture.events()).extracting(Event::samplingRate).containsExactly(0.75, 0.5);
		assertThat(this.fixture.dropped("sampled")).isOne();
	}

	@Test
	void eventThatHasExpiredIsNoLongerDeclared() throws Exception {
		TelemetrySpecRegistry registry = registry("""
				meta: { key: shop, version: 1, owners: [x] }
				events:
				  - { key: order.placed, semantics: { what: x }, privacy: internal, expires: 2027-01-01 }
				""");
		use(TelemetrySdk.builder().declared(registry, UndeclaredPolicy.RECORD));
		this.now = Instant.parse("2026-12-31T23:59:59Z");
		event().record();
		this.now = Instant.parse("2027-01-01T00:00:00Z");
		event().record();
		assertThat(this.fixture.events()).hasSize(1);
		assertThat(this.fixture.dropped("undeclared")).isOne();
	}

	private EventRecorder event() {
		return this.fixture.context.context().event(PLACED);
	}

	private void use(String properties) throws Exception {
		use(builder(properties, UndeclaredPolicy.DROP));
	}

	private void use(String properties, MachineIdMode mode) throws Exception {
		use(builder(properties, UndeclaredPolicy.DROP)
			.machineIds(new MachineIdSource(mode, "demo", Home.chosen(this.home)), null));
	}

	private void use(TelemetrySdkBuilder builder) {
		this.fixture.close();
		this.fixture = new RecordingFixture(builder.runtime(
				new DeliveryRuntime(() -> this.now, System::nanoTime, new SplittableRandom(1), Thread::new),
				new Sampler(() -> this.draw)));
		this.fixture.open();
	}

	private static TelemetrySdkBuilder processed(TelemetrySdkBuilder builder, EventProcessor processor) {
		DropCounters dropped = new DropCounters();
		return builder.pipeline(
				new EventPipeline(List.of(processor), List.of(), 64, 512, new Redactor(null, null, List.of()), dropped),
				dropped);
	}

	private static TelemetrySdkBuilder builder(String properties, UndeclaredPolicy undeclared) throws Exception {
		return TelemetrySdk.builder().declared(registry("""
				meta: { key: shop, version: 1, owners: [x] }
				events:
				  - key: order.placed
				    semantics: { what: An order was placed }
				    privacy: internal
				    properties:
				""" + properties.indent(6)), undeclared);
	}

	private static TelemetrySpecRegistry registry(String yaml) throws Exception {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(TelemetrySpecReader.read("shop.telemetry.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
		return registry;
	}

}
