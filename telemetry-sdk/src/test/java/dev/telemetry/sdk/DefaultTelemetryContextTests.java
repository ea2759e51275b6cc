package dev.telemetry.sdk;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.event.Event;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link dev.telemetry.sdk.DefaultTelemetryContext}: what callers may do to it.
 */
class DefaultTelemetryContextTests {

	private static final EventType TYPE = EventType.of("order.placed");

	private RecordingFixture fixture = new RecordingFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private TelemetrySdk context() {
		return this.fixture.context;
	}

	private void use(TelemetrySdkBuilder builder) {
		this.fixture.close();
		this.fixture = new RecordingFixture(builder);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void recordWhenArgumentsAreNullIsUnaffectedOnAndOff(boolean on) {
		if (on) {
			this.fixture.open();
		}
		context().context().event(nothing()).attribute("a", 1).record();
		context().context().start(nothing()).attribute("a", 1).close();
		context().context().record(nothing());
		context().context().record(" \t");
		context().context().event(TYPE).attribute(null, 1).attribute("a", (Object) null).record();
		assertThat(context().context().<String, RuntimeException>time(nothing(), (scope) -> "result"))
			.isEqualTo("result");
		assertThat(this.fixture.events()).hasSize(on ? 1 : 0);
		assertThat(this.fixture.dropped("invalid")).isEqualTo(on ? 6 : 0);
	}

	private static <T> @Nullable T nothing() {
		return null;
	}

	@Test
	void recordWhenMapIsHostileIsUnaffected() {
		this.fixture.open();
		context().context().record("null.map", nothing());
		context().context().record("hostile.map", new AbstractMap<String, Object>() {
			@Override
			public Set<Entry<String, Object>> entrySet() {
				throw new ConcurrentModificationException("secret");
			}
		});
		Map<@Nullable String, Object> nullKey = new HashMap<>(Map.of("a", new Object() {
			@Override
			public String toString() {
				throw new IllegalStateException();
			}
		}));
		nullKey.put(null, "value");
		nullKey.put("good", 1);
		context().context().record("null.key", nullKey);
		List<Event> events = this.fixture.events();
		assertThat(events).extracting(Event::name).containsExactly("null.map", "hostile.map", "null.key");
		assertThat(events.get(2).attributes()).containsOnly(Map.entry("good", 1L));
	}

	@Test
	void recordWhenMapIsHugeKeepsAFewAndCountsTheRest() {
		this.fixture.open();
		Map<String, Integer> huge = IntStream.range(0, 1_000_000)
			.boxed()
			.collect(Collectors.toMap((i) -> "key" + i, (i) -> i));
		context().context().record("huge", huge);
		assertThat(this.fixture.event().attributeCount()).isEqualTo(64);
		assertThat(this.fixture.dropped("invalid") + this.fixture.dropped("overflow")).isEqualTo(1_000_000 - 64);
	}

	@Test
	void recorderWhenUsedAfterRecordChangesAndRecordsNothing() {
		this.fixture.open();
		EventRecorder recorder = context().context().event(TYPE).attribute("a", 1);
		recorder.record();
		recorder.attribute("a", 2).attribute("b", 3).record();
		assertThat(this.fixture.event().attributes()).containsOnly(Map.entry("a", 1L));
	}

	@Test
	void recorderWhenAnotherIsBegunMeanwhileKeepsItsOwnAttributes() {
		this.fixture.open();
		EventRecorder outer = context().context().event(TYPE).attribute("a", "outer");
		context().context().event(EventType.of("inner")).attribute("a", "inner").attribute("b", 1).record();
		outer.record();
		assertThat(this.fixture.events()).extracting(Event::name, Event::attributes)
			.containsExactly(tuple("inner", Map.of("a", "inner", "b", 1L)),
					tuple("order.placed", Map.of("a", "outer")));
	}

	@Test
	void recorderWhenHandedToAnotherThreadRecordsOnce() throws InterruptedException {
		this.fixture.open();
		EventRecorder recorder = context().context().event(TYPE).attribute("a", 1);
		Thread other = new Thread(() -> recorder.attribute("b", 2).record());
		other.start();
		context().context().event(EventType.of("mine")).attribute("c", 3).record();
		Patience.end(other);
		recorder.attribute("d", 4).record();
		assertThat(this.fixture.events()).extracting(Event::attributes)
			.containsExactlyInAnyOrder(Map.of("a", 1L, "b", 2L), Map.of("c", 3L));
	}

	@Test
	void recorderWhenConsentWasTakenBackMeanwhileRecordsNothingInTheNextSession() {
		this.fixture.open();
		EventRecorder recorder = context().context().event(TYPE).attribute("a", 1);
		this.fixture.gate.disable("command");
		this.fixture.open();
		recorder.attribute("b", 2).record();
		context().context().event(EventType.of("control")).record();
		assertThat(this.fixture.event().name()).isEqualTo("control");
	}

	@Test
	void scopeWhenCallerForgesSystemValuesWritesItsOwn() {
		this.fixture.open();
		EventScope scope = context().context().start(TYPE);
		scope.attribute("duration_ms", -1)
			.attribute("success", false)
			.attribute("outcome", "x")
			.attribute("error", "x");
		scope.close();
		scope.attribute("success", false).failed(new IllegalStateException()).close();
		Map<String, Object> attributes = this.fixture.event().attributes();
		assertThat(attributes).containsOnlyKeys("duration_ms", "success", "outcome")
			.containsEntry("success", true)
			.containsEntry("outcome", "ok");
		assertThat((Double) attributes.get("duration_ms")).isNotNegative();
	}

	@Test
	void timeWhenWorkThrowsRethrowsItAloneAndNamesItsClass() {
		this.fixture.open();
		RuntimeException failure = new IllegalStateException("secret") {

			private static final long serialVersionUID = 1L;

		};
		assertThat(catchThrowable(() -> context().context().time(TYPE, (scope) -> {
			throw failure;
		}))).isSameAs(failure).hasNoSuppressedExceptions();
		assertThat(this.fixture.event().attributes()).containsEntry("error", "IllegalStateException")
			.containsEntry("success", false);
	}

	@Test
	void metadataWhenEventHasTheSameAttributeGivesWay() {
		use(TelemetrySdk.builder().metadata(Map.of("region", "eu", "success", "forged")));
		this.fixture.open();
		context().context().start(TYPE).attribute("region", "us").close();
		assertThat(this.fixture.event().attributes()).containsEntry("region", "us").containsEntry("success", true);
	}

	@Test
	void recordWhenAPropertyIsDeclaredPersonalLaterRedactsItFromThenOn() {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(
				List.of(EventDefinition.builder("user.seen").build()));
		use(TelemetrySdk.builder().declared(registry, UndeclaredPolicy.RECORD));
		this.fixture.open();
		context().context().record("user.seen", Map.of("who", "Ada"));
		registry.register(EventDefinition.builder("user.seen")
			.property(PropertyDefinition.of("who", PropertyType.STRING, PrivacyLevel.PII))
			.build());
		context().context().record("user.seen", Map.of("who", "Ada"));
		assertThat(this.fixture.events()).extracting((event) -> event.attribute("who"))
			.containsExactly("Ada", "[redacted]");
	}

	@Test
	void overridesWhenSeveralMatchOnlyNarrow() {
		use(TelemetrySdk.builder()
			.overrides(List.of(new EventOverride("order.*", false, 1), new EventOverride("order.placed", true, 1))));
		this.fixture.open();
		context().context().record("order.placed");
		context().context().record("cart.opened");
		assertThat(this.fixture.event().name()).isEqualTo("cart.opened");
		assertThat(this.fixture.dropped("sampled")).isOne();
	}

	@Test
	void contextBeforeAGrantAndAfterCloseRecordsNothingAndMayBeginAgain() {
		context().context().record("before");
		assertThat(context().flush(Duration.ZERO)).isTrue();
		this.fixture.open();
		context().context().record("first");
		this.fixture.close();
		this.fixture.close();
		context().context().record("closed");
		assertThat(context().context().isCollecting()).isFalse();
		this.fixture.gate.refresh();
		context().context().record("second");
		assertThat(this.fixture.events()).extracting(Event::name).containsExactly("first", "second");
	}

	@Test
	void flushWhenTimeoutIsForeverWaitsForDeliveryOnly() {
		this.fixture.open();
		context().context().record("a");
		assertThat(context().flush(ChronoUnit.FOREVER.getDuration())).isTrue();
		assertThat(this.fixture.sink.events()).hasSize(1);
	}

}
