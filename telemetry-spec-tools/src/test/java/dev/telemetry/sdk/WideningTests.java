package dev.telemetry.sdk;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.consent.notice.NoticeDifference.Kind;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.NoticeProperty;
import dev.telemetry.consent.notice.NoticeUndeclared;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.EventSemantics;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.SamplingCondition;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.diff.SpecDiff;
import dev.telemetry.spec.manifest.ManifestEvent;
import dev.telemetry.spec.manifest.TelemetryManifest;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To widen any single thing that a notice or a declaration says is wider, for the gate
 * and for the comparison of specs alike. What a notice or a declaration consists of is
 * found by reflection: something new without a verdict fails.
 */
class WideningTests {

	private static final NoticeProperty ITEMS = new NoticeProperty("items", "number", "internal", "bucket", "10", true,
			List.of("a"), "0", "9");

	private static final NoticeEvent PLACED = new NoticeEvent("order.placed", 1, "to see what sells", List.of(ITEMS),
			500_000, 86_400, List.of("items > 3"), "internal", List.of("otlp"), LocalDate.of(2027, 12, 31));

	private static final NoticeDestination COLLECTOR = new NoticeDestination("otlp", "https", "collector.example.com",
			443);

	@Test
	void everyPartOfANoticeAndOfADeclarationHasAVerdict() {
		Set<String> parts = new TreeSet<>(fields(Notice.class, "format", "json", "hash"));
		Stream.of(NoticeEvent.class, NoticeProperty.class, NoticeDestination.class, NoticeUndeclared.class)
			.forEach((type) -> parts.addAll(components(type)));
		assertThat(notices().map(NoticeChange::part).collect(Collectors.toSet())).isEqualTo(parts);
		Set<String> declared = new TreeSet<>(fields(EventDefinition.class, "origin"));
		declared.addAll(fields(PropertyDefinition.class));
		assertThat(declarations().map(DeclarationChange::part).collect(Collectors.toSet())).isEqualTo(declared);
	}

	private static List<String> fields(Class<?> type, String... without) {
		return Arrays.stream(type.getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()))
			.map(Field::getName)
			.filter((name) -> !List.of(without).contains(name))
			.map((name) -> type.getSimpleName() + "." + name)
			.toList();
	}

	private static List<String> components(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getName)
			.map((name) -> type.getSimpleName() + "." + name)
			.toList();
	}

	static Stream<NoticeChange> notices() {
		return Stream.of(ofNotice(), ofDestination(), ofEvent(), ofProperty()).flatMap(Function.identity());
	}

	private static Stream<NoticeChange> ofNotice() {
		return Stream.of(new NoticeChange("Notice.tool", Kind.WIDER, notice(), Notice.builder("another").build()),
				new NoticeChange("Notice.controller", Kind.WIDER, builder().build(), builder().controller("A").build()),
				new NoticeChange("Notice.controller", Kind.WIDER, builder().controller("A").build(),
						builder().controller("B").build()),
				new NoticeChange("Notice.controller", Kind.WIDER, builder().controller("A").build(), builder().build()),
				new NoticeChange("Notice.contact", Kind.REWORDED, notice(), builder().contact("a@example.com").build()),
				new NoticeChange("Notice.undeclared", Kind.WIDER, notice(),
						builder().undeclared(new NoticeUndeclared(true, 0)).build()),
				new NoticeChange("NoticeUndeclared.recorded", Kind.WIDER, notice(),
						builder().undeclared(new NoticeUndeclared(true, 0)).build()),
				new NoticeChange("NoticeUndeclared.retentionSeconds", Kind.WIDER,
						builder().undeclared(new NoticeUndeclared(true, 1)).build(),
						builder().undeclared(new NoticeUndeclared(true, 2)).build()),
				new NoticeChange("Notice.events", Kind.WIDER, builder().events(List.of()).build(), notice()),
				new NoticeChange("Notice.metadata", Kind.WIDER, notice(), builder().metadata(List.of("team")).build()),
				new NoticeChange("Notice.runtimeFields", Kind.WIDER, notice(),
						builder().runtimeFields(List.of("os")).build()),
				new NoticeChange("Notice.machineId", Kind.WIDER, notice(), builder().machineId("rotating").build()),
				new NoticeChange("Notice.machineId", Kind.WIDER, builder().machineId("rotating").build(),
						builder().machineId("derived").build()),
				new NoticeChange("Notice.deletion", Kind.WIDER, notice(), builder().deletion("email").build()));
	}

	private static Stream<NoticeChange> ofDestination() {
		return Stream.of(
				new NoticeChange("Notice.destinations", Kind.WIDER, builder().destinations(List.of()).build(),
						notice()),
				destination("protocol", new NoticeDestination("http", "https", COLLECTOR.host(), 443)),
				destination("scheme", new NoticeDestination("otlp", "http", COLLECTOR.host(), 443)),
				destination("host", new NoticeDestination("otlp", "https", "another.example.com", 443)),
				destination("port", new NoticeDestination("otlp", "https", COLLECTOR.host(), 444)));
	}

	private static NoticeChange destination(String part, NoticeDestination other) {
		return new NoticeChange("NoticeDestination." + part, Kind.WIDER, notice(),
				builder().destinations(List.of(other)).build());
	}

	private static Stream<NoticeChange> ofEvent() {
		return Stream.of(event("name", Kind.WIDER, (e) -> event("order.paid", 1, e.purpose(), e.properties(), e)),
				event("version", Kind.REWORDED, (e) -> event(e.name(), 2, e.purpose(), e.properties(), e)),
				event("purpose", Kind.WIDER, (e) -> event(e.name(), 1, "to sell more", e.properties(), e)),
				event("purpose", Kind.WIDER, (e) -> event(e.name(), 1, null, e.properties(), e)),
				event("properties", Kind.WIDER,
						(e) -> event(e.name(), 1, e.purpose(),
								List.of(ITEMS, new NoticeProperty("coupon", "string", "public", "drop")), e)),
				event("samplingPerMillion", Kind.WIDER, (e) -> terms(500_001, 86_400, e.conditions())),
				event("retentionSeconds", Kind.WIDER, (e) -> terms(500_000, 86_401, e.conditions())),
				event("conditions", Kind.WIDER, (e) -> terms(500_000, 86_400, List.of())),
				event("conditions", Kind.WIDER, (e) -> terms(500_000, 86_400, List.of("items > 2"))),
				event("privacy", Kind.WIDER, (e) -> limits("pii", e.destinations(), e.expires())),
				event("destinations", Kind.WIDER, (e) -> limits("internal", List.of("otlp", "http"), e.expires())),
				event("destinations", Kind.WIDER, (e) -> limits("internal", List.of(), e.expires())),
				event("expires", Kind.WIDER, (e) -> limits("internal", e.destinations(), LocalDate.of(2028, 1, 1))),
				event("expires", Kind.WIDER, (e) -> limits("internal", e.destinations(), null)));
	}

	private static NoticeEvent event(String name, long version, @Nullable String purpose,
			List<NoticeProperty> properties, NoticeEvent like) {
		return new NoticeEvent(name, version, purpose, properties, like.samplingPerMillion(), like.retentionSeconds(),
				like.conditions(), like.privacy(), like.destinations(), like.expires());
	}

	private static NoticeEvent terms(long sampling, long retention, List<String> conditions) {
		return new NoticeEvent("order.placed", 1, PLACED.purpose(), PLACED.properties(), sampling, retention,
				conditions, PLACED.privacy(), PLACED.destinations(), PLACED.expires());
	}

	private static NoticeEvent limits(String privacy, List<String> destinations, @Nullable LocalDate expires) {
		return new NoticeEvent("order.placed", 1, PLACED.purpose(), PLACED.properties(), 500_000, 86_400,
				PLACED.conditions(), privacy, destinations, expires);
	}

	private static NoticeChange event(String part, Kind kind, Function<NoticeEvent, NoticeEvent> change) {
		return new NoticeChange("NoticeEvent." + part, kind, notice(),
				builder().events(List.of(change.apply(PLACED))).build());
	}

	private static Stream<NoticeChange> ofProperty() {
		return Stream.of(property("name", said("coupon", "number", "internal", "10")),
				property("type", said("items", "string", "internal", "10")),
				property("privacy", said("items", "number", "pii", "10")),
				property("bucket", said("items", "number", "internal", "5")),
				property("bucket", said("items", "number", "internal", "15")),
				property("redaction",
						new NoticeProperty("items", "number", "internal", "secrets", null, true, List.of("a"), "0",
								"9")),
				property("required", limited(false, List.of("a"), "0", "9")),
				property("values", limited(true, List.of("a", "b"), "0", "9")),
				property("values", limited(true, List.of("b"), "0", "9")),
				property("values", limited(true, List.of(), "0", "9")),
				property("min", limited(true, List.of("a"), "-0.1", "9")),
				property("min", limited(true, List.of("a"), null, "9")),
				property("max", limited(true, List.of("a"), "0", "10")),
				property("max", limited(true, List.of("a"), "0", null)));
	}

	private static NoticeProperty said(String name, String type, String privacy, String bucket) {
		return new NoticeProperty(name, type, privacy, "bucket", bucket, true, List.of("a"), "0", "9");
	}

	private static NoticeProperty limited(boolean required, List<String> values, @Nullable String min,
			@Nullable String max) {
		return new NoticeProperty("items", "number", "internal", "bucket", "10", required, values, min, max);
	}

	private static NoticeChange property(String part, NoticeProperty wider) {
		NoticeEvent event = event(PLACED.name(), 1, PLACED.purpose(), List.of(wider), PLACED);
		return new NoticeChange("NoticeProperty." + part, Kind.WIDER, notice(),
				builder().events(List.of(event)).build());
	}

	private static Notice.Builder builder() {
		return Notice.builder("demo-app").events(List.of(PLACED)).destinations(List.of(COLLECTOR));
	}

	private static Notice notice() {
		return builder().build();
	}

	@ParameterizedTest
	@MethodSource("notices")
	void widerNoticeIsCoveredByNone(NoticeChange change) {
		assertThat(change.before().covers(change.after())).isEqualTo(change.kind() != Kind.WIDER);
		assertThat(change.before().differencesTo(change.after())).isNotEmpty()
			.anyMatch((difference) -> difference.kind() == change.kind());
		assertThat(change.after().hash()).isNotEqualTo(change.before().hash());
	}

	static Stream<DeclarationChange> declarations() {
		return Stream.of(ofDeclaredEvent(), ofDeclaredProperty()).flatMap(Function.identity());
	}

	private static Stream<DeclarationChange> ofDeclaredEvent() {
		return Stream.of(event("name", Kind.WIDER, declared("order.placed"), declared("order.paid")),
				event("version", Kind.REWORDED, placed(), placed().version("2")),
				event("type", Kind.REWORDED, placed(), placed().type("feature.used")),
				event("semantics", Kind.REWORDED, placed(), placed().semantics(new EventSemantics("x", null, null))),
				event("semantics", Kind.WIDER, placed(),
						placed().semantics(new EventSemantics("x", null, "plan the stock"))),
				event("purpose", Kind.WIDER, placed().purpose("a"), placed().purpose("b")),
				event("privacy", Kind.WIDER, placed().privacy(PrivacyLevel.PUBLIC), placed()),
				event("properties", Kind.WIDER, placed(), placed().property("coupon", PropertyType.STRING)),
				event("samplingRate", Kind.WIDER, placed().samplingRate(0.5), placed()),
				event("samplingRate", Kind.WIDER, placed().samplingRate(0), placed().samplingRate(0.001)),
				event("samplingConditions", Kind.WIDER, conditional(placed()), placed()),
				event("retention", Kind.WIDER, kept(7, EventRetention.Policy.DELETE),
						kept(8, EventRetention.Policy.DELETE)),
				event("retention", Kind.WIDER, kept(7, EventRetention.Policy.DELETE),
						kept(7, EventRetention.Policy.ARCHIVE)),
				event("anomaly", Kind.REWORDED, placed(), placed().anomaly(anomaly())),
				event("expires", Kind.WIDER, placed().expires(LocalDate.EPOCH),
						placed().expires(LocalDate.EPOCH.plusDays(1))),
				event("expires", Kind.WIDER, placed().expires(LocalDate.EPOCH), placed()),
				event("tags", Kind.REWORDED, placed(), placed().tags(List.of("desk"))));
	}

	private static EventDefinition.Builder conditional(EventDefinition.Builder event) {
		return event.samplingConditions(List.of(SamplingCondition.of("items > 3")));
	}

	private static EventDefinition.Builder kept(int days, EventRetention.Policy policy) {
		return placed().retention(new EventRetention(days, policy));
	}

	private static AnomalyRule anomaly() {
		return new AnomalyRule(true, 1, List.of(new AnomalyThreshold("items", 1.0, null, null)), Set.of(),
				AnomalyRule.DEFAULT_WINDOW, null);
	}

	private static DeclarationChange event(String part, Kind kind, EventDefinition.Builder before,
			EventDefinition.Builder after) {
		return new DeclarationChange("EventDefinition." + part, kind, before.build(), after.build());
	}

	private static EventDefinition.Builder declared(String name) {
		return EventDefinition.builder(name).property("items", PropertyType.NUMBER);
	}

	private static EventDefinition.Builder placed() {
		return declared("order.placed");
	}

	private static Stream<DeclarationChange> ofDeclaredProperty() {
		PropertyDefinition.Builder age = number().privacy(PrivacyLevel.PII);
		List<DeclarationChange> changes = new ArrayList<>();
		changes.add(property("name", Kind.WIDER, number(), PropertyDefinition.builder("b", PropertyType.NUMBER)));
		changes.add(property("type", Kind.WIDER, number(), text()));
		changes.add(property("privacy", Kind.WIDER, number().privacy(PrivacyLevel.PUBLIC), number()));
		changes.add(property("redaction", Kind.WIDER, text().redaction(Redaction.HASH), text()));
		changes.add(property("redaction", Kind.WIDER, age, number().privacy(PrivacyLevel.PII).bucket(10)));
		changes.add(property("bucket", Kind.WIDER, number().bucket(10), number().bucket(5)));
		changes.add(property("bucket", Kind.WIDER, number().bucket(10), number().bucket(15)));
		changes.add(property("required", Kind.WIDER, number().required(true), number()));
		changes.add(property("values", Kind.WIDER, text().values(List.of("a")), text().values(List.of("a", "b"))));
		changes.add(property("values", Kind.WIDER, text().values(List.of("a")), text()));
		changes.add(property("values", Kind.WIDER, text().values(List.of("a")).inferred(), text().inferred()));
		changes.add(property("min", Kind.WIDER, number().range(0.0, null), number().range(-1.0, null)));
		changes.add(property("min", Kind.WIDER, number().range(0.0, null), number()));
		changes.add(property("max", Kind.WIDER, number().range(null, 9.0), number().range(null, 9.5)));
		changes.add(property("max", Kind.WIDER, number().range(null, 9.0), number()));
		changes.add(property("max", Kind.WIDER, number().range(null, 9.0).redaction(Redaction.DROP),
				number().redaction(Redaction.MASK)));
		changes.add(property("description", Kind.REWORDED, number(), number().description("how many")));
		changes.add(property("inferred", Kind.REWORDED, number(), number().inferred()));
		return changes.stream();
	}

	private static PropertyDefinition.Builder number() {
		return PropertyDefinition.builder("a", PropertyType.NUMBER);
	}

	private static PropertyDefinition.Builder text() {
		return PropertyDefinition.builder("a", PropertyType.STRING);
	}

	private static DeclarationChange property(String part, Kind kind, PropertyDefinition.Builder before,
			PropertyDefinition.Builder after) {
		return new DeclarationChange("PropertyDefinition." + part, kind, placed().property(before.build()).build(),
				placed().property(after.build()).build());
	}

	@ParameterizedTest
	@MethodSource("declarations")
	void widerDeclarationIsWiderForTheGateAndForTheComparisonOfSpecs(DeclarationChange change) {
		boolean wider = change.kind() == Kind.WIDER;
		assertThat(notice(change.before()).covers(notice(change.after()))).isEqualTo(!wider);
		Kind most = SpecDiff.most(SpecDiff.between(manifest(change.before()), manifest(change.after())));
		assertThat(most == Kind.WIDER).isEqualTo(wider);
		assertThat(notice(change.before()).covers(notice(change.before()))).isTrue();
	}

	/** The notice of an application that declares nothing else. */
	static Notice notice(EventDefinition... events) {
		return new NoticeFactory("demo-app", NoticeParties.NONE, UndeclaredPolicy.DROP, List.of(), Set.of(), true,
				MachineIdMode.ROTATING, List.of(), Duration.ofDays(30), "none")
			.create(new TelemetrySpecRegistry(List.of(events)));
	}

	static TelemetryManifest manifest(EventDefinition... events) {
		return new TelemetryManifest(
				Arrays.stream(events).map((event) -> new ManifestEvent(event, List.of(), List.of())).toList(),
				List.of());
	}

	/** A notice before and after one thing in it was changed. */
	record NoticeChange(String part, Kind kind, Notice before, Notice after) {

		@Override
		public String toString() {
			return this.part + " is " + this.kind;
		}

	}

	/** A declaration before and after one thing in it was changed. */
	record DeclarationChange(String part, Kind kind, EventDefinition before, EventDefinition after) {

		@Override
		public String toString() {
			return this.part + " is " + this.kind;
		}

	}

}
