package dev.telemetry.sdk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.notice.NoticeDestination;
import dev.telemetry.consent.notice.NoticeEvent;
import dev.telemetry.consent.notice.NoticeEvents;
import dev.telemetry.consent.notice.NoticeProperty;
import dev.telemetry.consent.notice.NoticeTerms;
import dev.telemetry.consent.notice.NoticeUndeclared;
import dev.telemetry.machine.MachineIdMode;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.EventRetention;
import dev.telemetry.spec.MeasuredProperty;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.Redaction;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What {@link NoticeFactory} says, and what {@link ExampleEvents} shows of it. */
class NoticeFactoryTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T03:00:00.123456Z"));

	private static final EventDefinition PLACED = EventDefinition.builder("order.placed")
		.type("feature.used")
		.purpose("to see what sells")
		.samplingRate(0.5)
		.property("items", PropertyType.NUMBER)
		.property("coupon", PropertyType.STRING)
		.property("gift", PropertyType.BOOLEAN)
		.property(PropertyDefinition.builder("customer", PropertyType.STRING)
			.privacy(PrivacyLevel.PII)
			.description("their number")
			.build())
		.property(PropertyDefinition.of("age", PropertyType.NUMBER, PrivacyLevel.SENSITIVE))
		.build();

	private static final EventDefinition PAID = EventDefinition.builder("order.paid").build();

	@Test
	void createSaysEverything() {
		Notice notice = notice(UndeclaredPolicy.RECORD, List.of(), PLACED, PAID);
		assertThat(notice.tool()).isEqualTo("demo-app");
		assertThat(notice.undeclared()).isEqualTo(new NoticeUndeclared(true, 86_400));
		assertThat(notice.metadata()).containsExactly("team");
		assertThat(notice.runtimeFields()).containsExactly("arch", "java_version", "os");
		assertThat(notice.machineId()).isEqualTo("rotating");
		assertThat(notice.deletion()).isEqualTo("none");
		assertThat(notice.events()).extracting(NoticeEvent::name).containsExactly("order.paid", "order.placed");
		assertThat(notice.events().get(0)).isEqualTo(new NoticeEvent("order.paid", 1, null, List.of(), 1_000_000,
				86_400, List.of(), "internal", List.of(), null));
		NoticeEvent placed = notice.events().get(1);
		assertThat(placed.purpose()).isEqualTo("to see what sells");
		assertThat(placed.samplingPerMillion()).isEqualTo(500_000);
		assertThat(placed.properties()).contains(new NoticeProperty("items", "number", "internal", "secrets"),
				new NoticeProperty("customer", "string", "pii", "value"));
	}

	@Test
	void createWhenDescriptionOrOrderDiffersGivesTheSameHash() {
		EventDefinition reworded = EventDefinition.builder("order.placed")
			.type("feature.used")
			.purpose("to see what sells")
			.samplingRate(0.5)
			.property(PropertyDefinition.builder("age", PropertyType.NUMBER)
				.privacy(PrivacyLevel.SENSITIVE)
				.description("in years")
				.build())
			.property(PropertyDefinition.of("customer", PropertyType.STRING, PrivacyLevel.PII))
			.property("gift", PropertyType.BOOLEAN)
			.property("coupon", PropertyType.STRING)
			.property("items", PropertyType.NUMBER)
			.build();
		assertThat(notice(UndeclaredPolicy.DROP, List.of(), PAID, reworded).hash())
			.isEqualTo(notice(UndeclaredPolicy.DROP, List.of(), PLACED, PAID).hash());
	}

	@Test
	void createWhenOperatorNarrowsSaysLess() {
		Notice whole = notice(UndeclaredPolicy.DROP, List.of(), PLACED, PAID);
		Notice less = notice(UndeclaredPolicy.DROP,
				List.of(new EventOverride("order.paid", false, 1), new EventOverride("order.placed", true, 0.25)),
				PLACED, PAID);
		assertThat(less.events()).extracting(NoticeEvent::name).containsExactly("order.placed");
		assertThat(less.events().get(0).samplingPerMillion()).isEqualTo(250_000);
		assertThat(whole.covers(less)).isTrue();
		assertThat(less.covers(whole)).isFalse();
		assertThat(less.undeclared()).isEqualTo(NoticeUndeclared.DROPPED);
	}

	@ParameterizedTest
	@CsvSource({ "https://Collector.example.com/v1/logs, https, collector.example.com, 443",
			"http://127.0.0.1:4318/v1/logs, http, 127.0.0.1, 4318", "http://[::1]/v1/logs, http, [::1], 80",
			"com.example.OrderSink, sink, com.example.OrderSink, 0", "the topic orders, sink, the topic orders, 0" })
	void createWhenSinkIsRemoteNamesItsDestination(String target, String scheme, String host, long port) {
		Notice notice = factory(UndeclaredPolicy.DROP, List.of(), new Target("otlp", target, true),
				new Target("file", "~/telemetry.log", false))
			.create(new TelemetrySpecRegistry(List.of()));
		assertThat(notice.destinations()).containsExactly(new NoticeDestination("otlp", scheme, host, port));
	}

	@Test
	void createWhenSinkIsALambdaNamesTheSameTargetAtEachStart() {
		TelemetrySink lambda = (event) -> {
		};
		assertThat(TelemetrySinkFactory.of("own", lambda).target()).isEqualTo(getClass().getName());
		assertThat(TelemetrySinkFactory.of("own", new MemorySink()).target()).isEqualTo(MemorySink.class.getName());
	}

	@Test
	void createUnitesTheVersionsOfAnEvent() {
		EventDefinition first = EventDefinition.builder("order.placed")
			.purpose("to see what sells")
			.samplingRate(0.5)
			.property(
					PropertyDefinition.builder("age", PropertyType.NUMBER).privacy(PrivacyLevel.PII).bucket(10).build())
			.property("old", PropertyType.STRING)
			.property("size", PropertyType.NUMBER)
			.build();
		EventDefinition second = EventDefinition.builder("order.placed")
			.version("2.1")
			.purpose("to plan the stock")
			.samplingRate(0.25)
			.retention(new EventRetention(7, EventRetention.Policy.DELETE))
			.property(PropertyDefinition.builder("age", PropertyType.NUMBER).privacy(PrivacyLevel.SENSITIVE).build())
			.property("size", PropertyType.STRING)
			.build();
		EventDefinition off = EventDefinition.builder("order.placed")
			.version("3")
			.samplingRate(0)
			.property("never", PropertyType.STRING)
			.build();
		assertThat(notice(UndeclaredPolicy.DROP, List.of(), off, second, first).events())
			.containsExactly(new NoticeEvent("order.placed", 2, "to plan the stock; to see what sells",
					List.of(NoticeProperty.bucket("age", "number", "sensitive", 10),
							new NoticeProperty("old", "string", "internal", "secrets"),
							new NoticeProperty("size", "number or string", "internal", "secrets")),
					500_000, 7 * 86_400, List.of(), "internal", List.of(), null));
	}

	@Test
	void createSaysWhatEachValueMayBeInAnyVersion() {
		EventDefinition first = EventDefinition.builder("order.placed")
			.expires(LocalDate.of(2027, 6, 30))
			.property(PropertyDefinition.builder("size", PropertyType.STRING)
				.values(List.of("small", "large"))
				.required(true)
				.build())
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER).range(1.0, 100.0).build())
			.property(PropertyDefinition.builder("gift", PropertyType.BOOLEAN).required(true).build())
			.build();
		EventDefinition second = EventDefinition.builder("order.placed")
			.version("2")
			.expires(LocalDate.of(2027, 12, 31))
			.property(PropertyDefinition.builder("size", PropertyType.STRING)
				.values(List.of("huge", "large"))
				.required(true)
				.build())
			.property(PropertyDefinition.builder("items", PropertyType.NUMBER).range(-0.5, null).build())
			.build();
		NoticeEvent united = notice(UndeclaredPolicy.DROP, List.of(), first, second).events().get(0);
		assertThat(united.expires()).isEqualTo(LocalDate.of(2027, 12, 31));
		assertThat(united.properties()).containsExactly(new NoticeProperty("gift", "boolean", "internal", "secrets"),
				new NoticeProperty("items", "number", "internal", "secrets", null, false, List.of(), "-0.5", null),
				new NoticeProperty("size", "string", "internal", "secrets", null, true,
						List.of("huge", "large", "small"), null, null));
		EventDefinition open = EventDefinition.builder("order.placed")
			.version("3")
			.property("size", PropertyType.STRING)
			.build();
		NoticeEvent wide = notice(UndeclaredPolicy.DROP, List.of(), first, second, open).events().get(0);
		assertThat(wide.expires()).isNull();
		assertThat(wide.properties().get(2)).isEqualTo(new NoticeProperty("size", "string", "internal", "secrets"));
	}

	@Test
	void createNamesWhoAnswersForIt() {
		NoticeFactory factory = new NoticeFactory("demo-app", new NoticeParties("Example Ltd", "privacy@example.com"),
				UndeclaredPolicy.DROP, List.of(), Set.of(), true, MachineIdMode.ROTATING, List.of(), Duration.ZERO,
				"none");
		Notice notice = factory.create(new TelemetrySpecRegistry(List.of()));
		assertThat(notice.controller()).isEqualTo("Example Ltd");
		assertThat(notice.contact()).isEqualTo("privacy@example.com");
	}

	@Test
	void createSaysWhatBecomesOfEachValue() {
		EventDefinition event = EventDefinition.builder("user.seen")
			.property(PropertyDefinition.builder("drop", PropertyType.STRING).redaction(Redaction.DROP).build())
			.property(PropertyDefinition.builder("hash", PropertyType.STRING).redaction(Redaction.HASH).build())
			.property(PropertyDefinition.builder("mask", PropertyType.STRING).redaction(Redaction.MASK).build())
			.property(PropertyDefinition.builder("bucket", PropertyType.NUMBER).bucket(2.5).build())
			.build();
		Notice notice = notice(UndeclaredPolicy.DROP, List.of(), event);
		assertThat(notice.events().get(0).properties()).extracting(NoticeProperty::name, NoticeProperty::redaction)
			.containsExactly(tuple("bucket", "bucket"), tuple("drop", "drop"), tuple("hash", "hash"),
					tuple("mask", "value"));
		assertThat(new ExampleEvents("1", new TelemetrySpecRegistry(List.of(event)), CLOCK).lines(notice))
			.singleElement()
			.asString()
			.contains("\"bucket\":2.5,\"hash\":\"" + "0".repeat(40) + "\",\"mask\":\"[redacted]\"}");
	}

	@Test
	void linesAreRealEventsWithSamplesForValues() {
		ExampleEvents examples = new ExampleEvents("1.0.0", new TelemetrySpecRegistry(List.of(PLACED, PAID)), CLOCK);
		assertThat(examples.lines(notice(UndeclaredPolicy.DROP, List.of(), PLACED, PAID))).containsExactly(
				"{\"id\":\"01a1fc0b-e3fb-7000-8000-000000000000\",\"name\":\"order.paid\",\"tool\":\"demo-app\","
						+ "\"tool_version\":\"1.0.0\",\"machine_id\":\"" + "0".repeat(64) + "\",\"session_id\":\""
						+ "0".repeat(32) + "\",\"timestamp_utc\":\"2026-11-21T03:00:00.123Z\","
						+ "\"attrs\":{\"team\":\"sample-team\"},\"os\":\"linux\",\"arch\":\"amd64\",\"java_version\":\"17\","
						+ "\"schema_version\":1}",
				"{\"id\":\"01a1fc0b-e3fb-7000-8000-000000000000\",\"name\":\"order.placed\",\"type\":\"feature.used\","
						+ "\"tool\":\"demo-app\",\"tool_version\":\"1.0.0\",\"machine_id\":\"" + "0".repeat(64)
						+ "\",\"session_id\":\"" + "0".repeat(32)
						+ "\",\"timestamp_utc\":\"2026-11-21T03:00:00.123Z\",\"attrs\":{\"team\":\"sample-team\","
						+ "\"coupon\":\"sample-coupon\",\"customer\":\"[redacted]\",\"gift\":true,\"items\":3},\"os\":\"linux\","
						+ "\"arch\":\"amd64\",\"java_version\":\"17\",\"sampling_rate\":0.5,\"schema_version\":1}");
	}

	@Test
	void valuesAreAllowedByTheirDeclarationAndFitTogether() {
		EventDefinition event = EventDefinition.builder("cart.closed")
			.property(MeasuredProperty.DURATION_MS.definition().build())
			.property(MeasuredProperty.SUCCESS.definition().build())
			.property(MeasuredProperty.OUTCOME.definition().build())
			.property(MeasuredProperty.ERROR.definition().build())
			.property(PropertyDefinition.builder("mode", PropertyType.STRING).values(List.of("fast", "slow")).build())
			.property(ranged("few", null, 2.0))
			.property(ranged("many", 100.0, null))
			.property(ranged("part", 0.1, 0.9))
			.property(ranged("lost", null, -0.5))
			.property("hit_rate", PropertyType.NUMBER)
			.property("wait_ms", PropertyType.NUMBER)
			.property("at", PropertyType.TIMESTAMP)
			.property("sku_code", PropertyType.STRING)
			.build();
		assertThat(example(event)).contains("\"attrs\":{\"at\":\"2026-11-21T03:00:00.123Z\",\"duration_ms\":12.5,"
				+ "\"error\":\"IllegalStateException\",\"few\":2,\"hit_rate\":0.25,\"lost\":-1,\"many\":100,"
				+ "\"mode\":\"fast\",\"outcome\":\"error\",\"part\":0.9,\"sku_code\":\"sample-sku-code\","
				+ "\"success\":false,\"wait_ms\":12.5}");
		assertThat(example(EventDefinition.builder("cart.closed")
			.property(MeasuredProperty.SUCCESS.definition().build())
			.property(MeasuredProperty.OUTCOME.definition().build())
			.property("error", PropertyType.STRING)
			.build())).contains("\"attrs\":{\"error\":\"sample-error\",\"outcome\":\"ok\",\"success\":true}");
	}

	private static PropertyDefinition ranged(String name, @Nullable Double min, @Nullable Double max) {
		return PropertyDefinition.builder(name, PropertyType.NUMBER).range(min, max).build();
	}

	private static String example(EventDefinition event) {
		Notice bare = Notice.builder("demo-app").events(NoticeEvents.of(List.of(event), new NoticeTerms() {

			@Override
			public double samplingRate(EventDefinition definition) {
				return 1;
			}

			@Override
			public long retentionSeconds(EventDefinition definition) {
				return 0;
			}

			@Override
			public Collection<String> destinations(EventDefinition definition) {
				return List.of();
			}

		})).build();
		return new ExampleEvents("1", new TelemetrySpecRegistry(List.of(event)), CLOCK).lines(bare).get(0);
	}

	@Test
	void linesWhenNothingIdentifiesLeaveItOut() {
		Notice bare = Notice.builder("demo-app")
			.events(List.of(new NoticeEvent("order.paid", 1, null, List.of(), 1_000_000, 0)))
			.build();
		assertThat(new ExampleEvents("1.0.0", new TelemetrySpecRegistry(List.of()), CLOCK).lines(bare)).singleElement()
			.asString()
			.doesNotContain("machine_id", "\"os\"", "java_version")
			.contains("session_id");
	}

	@Test
	void createTellsHowLongAnEventIsKeptAsItIs() {
		EventDefinition[] events = { kept("a.deleted", 2, EventRetention.Policy.DELETE),
				kept("b.archived", 2, EventRetention.Policy.ARCHIVE), EventDefinition.builder("c.other").build() };
		long day = Duration.ofDays(1).toSeconds();
		assertThat(retentions(Duration.ofDays(30), false, events)).containsExactly(2 * day, NoticeEvent.UNTIL_RESET,
				30 * day);
		// What waits for a receiver goes by the age of its file
		assertThat(retentions(Duration.ofDays(30), true, events)).containsExactly(30 * day, NoticeEvent.UNTIL_RESET,
				30 * day);
		assertThat(retentions(Duration.ZERO, true, events)).containsExactly(2 * day, 2 * day, 0L);
	}

	private static List<Long> retentions(Duration log, boolean remote, EventDefinition... events) {
		NoticeFactory factory = new NoticeFactory("demo-app", NoticeParties.NONE, UndeclaredPolicy.DROP, List.of(),
				Set.of(), true, MachineIdMode.ROTATING, List.of(new Target("otlp", "https://example.com", remote)), log,
				"none");
		return factory.create(new TelemetrySpecRegistry(List.of(events)))
			.events()
			.stream()
			.map(NoticeEvent::retentionSeconds)
			.toList();
	}

	private static EventDefinition kept(String name, int days, EventRetention.Policy policy) {
		return EventDefinition.builder(name).retention(new EventRetention(days, policy)).build();
	}

	private static Notice notice(UndeclaredPolicy undeclared, List<EventOverride> overrides,
			EventDefinition... definitions) {
		return factory(undeclared, overrides).create(new TelemetrySpecRegistry(List.of(definitions)));
	}

	private static NoticeFactory factory(UndeclaredPolicy undeclared, List<EventOverride> overrides,
			TelemetrySinkFactory... sinks) {
		return new NoticeFactory("demo-app", NoticeParties.NONE, undeclared, overrides, Set.of("team"), true,
				MachineIdMode.ROTATING, List.of(sinks), Duration.ofDays(1), "none");
	}

	/** Says where it would send, and is never asked to. */
	private record Target(String name, String target, boolean remote) implements TelemetrySinkFactory {

		@Override
		public TelemetrySink create(SinkSession session) {
			throw new AssertionError("no sink is made for a notice");
		}

	}

}
