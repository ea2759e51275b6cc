package dev.telemetry.sdk;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.telemetry.TrackContext;
import dev.telemetry.TrackResult;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.DropCounters;
import dev.telemetry.pipeline.EventPipeline;
import dev.telemetry.pipeline.Redactor;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.reader.TelemetrySpecReader;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link dev.telemetry.TelemetryTracker}. */
class TelemetryTrackerTests {

	private static final String SPEC = """
			meta: { key: shop, version: 1, owners: [x] }
			events:
			  - key: order.placed
			    version: 1.0.0
			    semantics: { what: An order was placed }
			    privacy: internal
			    properties:
			      items: { type: number }
			  - key: order.placed
			    version: 1.10.0
			    semantics: { what: An order was placed }
			    privacy: internal
			    properties:
			      items: { type: number, required: true }
			      size: { type: string, values: [small, large] }
			      userId: { type: string, pii: true }
			      session_id: { type: string }
			      channel: { type: string }
			  - key: order.viewed
			    semantics: { what: An order was viewed }
			    privacy: internal
			    sampling: { rate: 0.5 }
			  - key: order.sent
			    semantics: { what: An order was sent }
			    privacy: internal
			    sampling: { conditions: ['duration_ms > 1000', 'items > 1 and not express'] }
			    properties:
			      items: { type: number }
			      express: { type: boolean }
			      duration_ms: { type: number }
			""";

	private RecordingFixture fixture = new RecordingFixture();

	private TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());

	@BeforeEach
	void readSpec() throws Exception {
		this.registry.register(TelemetrySpecReader.read("shop.telemetry.yaml", SPEC.getBytes(StandardCharsets.UTF_8)));
		use(TelemetrySdk.builder());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void trackWithoutConsentIsClosed() {
		assertThat(track("order.placed", null, Map.of("items", 1))).isEqualTo(TrackResult.CONSENT_CLOSED);
		assertThat(track("no.such.event", null, Map.of())).isEqualTo(TrackResult.CONSENT_CLOSED);
		assertThat(this.fixture.events()).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "1.10.0", "1.10" })
	void trackHoldsToTheVersion(@Nullable String version) {
		this.fixture.open();
		assertThat(track("order.placed", version, Map.of("items", 1, "size", "small"))).isEqualTo(TrackResult.ACCEPTED);
		assertThat(track("order.placed", version, Map.of("size", "small"))).isEqualTo(TrackResult.INVALID);
		assertThat(this.fixture.event().attributes()).isEqualTo(Map.of("items", 1L, "size", "small"));
		assertThat(this.fixture.dropped("invalid")).isOne();
	}

	@Test
	void trackWhenTheVersionIsAnOlderOneHoldsToThat() {
		this.fixture.open();
		assertThat(track("order.placed", "1.0.0", Map.of("size", "small"))).isEqualTo(TrackResult.ACCEPTED);
		assertThat(this.fixture.event().attributes()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.0.0", "1.9.0", "latest", "" })
	void trackWhenNothingDeclaresTheVersionIsUnknown(String version) {
		this.fixture.open();
		assertThat(track("order.placed", version, Map.of("items", 1))).isEqualTo(TrackResult.UNKNOWN_EVENT);
		assertThat(this.fixture.events()).isEmpty();
		assertThat(this.fixture.dropped("undeclared")).isOne();
	}

	@Test
	@Tag("P25")
	void trackWhenNothingDeclaresTheEventIsUnknownWhateverTheRuleForOthers() {
		use(TelemetrySdk.builder(), UndeclaredPolicy.RECORD);
		this.fixture.open();
		assertThat(track("no.such.event", null, Map.of())).isEqualTo(TrackResult.UNKNOWN_EVENT);
		assertThat(track(null, null, Map.of())).isEqualTo(TrackResult.UNKNOWN_EVENT);
		assertThat(this.fixture.events()).isEmpty();
	}

	@Test
	@Tag("I27")
	void trackWhenTheOperatorSaysNoIsDisabled() {
		use(TelemetrySdk.builder().overrides(List.of(new EventOverride("order.placed", false, 1))));
		this.fixture.open();
		assertThat(track("order.placed", null, Map.of("items", 1))).isEqualTo(TrackResult.DISABLED);
	}

	@Test
	void trackKeepsOnlyWhatMeetsAllConditions() {
		this.fixture.open();
		Map<String, Object> kept = Map.of("items", 2L, "express", false, "duration_ms", 1500L);
		assertThat(track("order.sent", null, kept)).isEqualTo(TrackResult.ACCEPTED);
		assertThat(track("order.sent", null, Map.of("items", 2, "duration_ms", 900)))
			.isEqualTo(TrackResult.SAMPLED_OUT);
		assertThat(track("order.sent", null, Map.of("items", 2, "express", true, "duration_ms", 1500)))
			.isEqualTo(TrackResult.SAMPLED_OUT);
		assertThat(track("order.sent", null, Map.of())).isEqualTo(TrackResult.SAMPLED_OUT);
		assertThat(this.fixture.event().attributes()).isEqualTo(kept);
		assertThat(this.fixture.dropped("sampled")).isEqualTo(3);
	}

	@Test
	void trackWhenAProcessorRefusesIsDropped() {
		DropCounters dropped = new DropCounters();
		use(TelemetrySdk.builder()
			.pipeline(new EventPipeline(List.of((event) -> null), List.of(), 64, 512,
					new Redactor(null, null, List.of()), dropped), dropped));
		this.fixture.open();
		assertThat(track("order.placed", null, Map.of("items", 1))).isEqualTo(TrackResult.DROPPED);
	}

	@Test
	@Tag("I26")
	void trackWhenASinkFailsReachesTheOthersAndIsStillObserved() {
		DropCounters dropped = new DropCounters();
		List<String> observed = new ArrayList<>();
		use(TelemetrySdk.builder().sink("failing", (event) -> {
			throw new TelemetryException(TelemetryException.Kind.IO, "away", false, null);
		})
			.pipeline(new EventPipeline(List.of(), List.of((event) -> observed.add(event.name())), 64, 512,
					new Redactor(null, null, List.of()), dropped), dropped));
		this.fixture.open();
		assertThat(track("order.placed", null, Map.of("items", 1))).isEqualTo(TrackResult.ACCEPTED);
		assertThat(this.fixture.events()).hasSize(1);
		assertThat(observed).containsExactly("order.placed");
	}

	@Test
	void trackWhenTheMapFailsIsDroppedAndThrowsNothing() {
		this.fixture.open();
		assertThat(track("order.placed", null, new AbstractMap<String, Object>() {
			@Override
			public Set<Entry<String, Object>> entrySet() {
				throw new IllegalStateException("secret");
			}
		})).isEqualTo(TrackResult.DROPPED);
		assertThat(track("order.placed", null, Map.of("items", 1))).isEqualTo(TrackResult.ACCEPTED);
		assertThat(this.fixture.events()).hasSize(1);
	}

	@Test
	void trackSamplesTheEventsOfASessionTogether() {
		this.fixture.open();
		long accepted = IntStream.range(0, 400).filter((i) -> {
			TrackContext context = TrackContext.ofSession("session-" + i);
			TrackResult first = track("order.viewed", null, Map.of(), context);
			assertThat(track("order.viewed", null, Map.of(), context.withUser("user-" + i))).isEqualTo(first);
			return first == TrackResult.ACCEPTED;
		}).count();
		assertThat(accepted).isBetween(150L, 250L);
		assertThat(this.fixture.events()).hasSize((int) accepted * 2).extracting(Event::samplingRate).containsOnly(0.5);
		assertThat(this.fixture.dropped("sampled")).isEqualTo(800 - accepted * 2);
	}

	@Test
	void contextIsRecordedWhereItIsDeclaredAndNeverInClear() {
		this.fixture.open();
		TrackContext context = TrackContext.ofSession("Canary-1")
			.withUser("Canary-2")
			.withTenant("Canary-3")
			.withChannel("web");
		assertThat(track("order.placed", null, Map.of("items", 1), context)).isEqualTo(TrackResult.ACCEPTED);
		assertThat(this.fixture.event().attributes())
			.isEqualTo(Map.of("items", 1L, "userId", "[redacted]", "channel", "web"));
		assertThat(context).asString().doesNotContain("Canary");
	}

	@Test
	void contextGivesWayToTheCallersProperties() {
		this.fixture.open();
		track("order.placed", null, Map.of("items", 1, "channel", "job"), TrackContext.NONE.withChannel("web"));
		assertThat(this.fixture.event().attribute("channel")).isEqualTo("job");
	}

	private TrackResult track(@Nullable String name, @Nullable String version, Map<String, ?> properties) {
		return this.fixture.context.tracker().track(name, version, properties);
	}

	private TrackResult track(String name, @Nullable String version, Map<String, ?> properties, TrackContext context) {
		return this.fixture.context.tracker().track(name, version, properties, context);
	}

	private void use(TelemetrySdkBuilder builder) {
		use(builder, UndeclaredPolicy.DROP);
	}

	private void use(TelemetrySdkBuilder builder, UndeclaredPolicy undeclared) {
		this.fixture.close();
		this.fixture = new RecordingFixture(builder.declared(this.registry, undeclared));
	}

}
