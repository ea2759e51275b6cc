package dev.telemetry.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TrackContext;
import dev.telemetry.TrackResult;
import dev.telemetry.event.Event;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TenantControls}. */
class TenantControlsTests {

	private static final TrackContext ACME = TrackContext.NONE.withTenant("acme");

	private static final EventType PLACED = EventType.of("order.placed");

	private static final EventType FAILED = EventType.of("order.failed");

	private final AtomicReference<@Nullable String> current = new AtomicReference<>();

	private final List<String> asked = new ArrayList<>();

	private Map<String, List<EventOverride>> wishes = Map.of();

	private final TenantControls tenants = new TenantControls() {

		@Override
		public List<EventOverride> overrides(String tenantId) {
			TenantControlsTests.this.asked.add(tenantId);
			return TenantControlsTests.this.wishes.getOrDefault(tenantId, List.of());
		}

		@Override
		public @Nullable String currentTenant() {
			return TenantControlsTests.this.current.get();
		}

	};

	private RecordingFixture fixture = new RecordingFixture(builder(this.tenants));

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whileConsentIsOffNobodyIsAsked() {
		this.current.set("acme");
		this.fixture.context.context().record("order.placed");
		this.fixture.context.tracker().track("order.placed", null, Map.of(), ACME);
		assertThat(this.asked).isEmpty();
		this.fixture.open().context.context().record("order.placed");
		assertThat(this.asked).containsExactly("acme");
	}

	@Test
	void anEventThatATenantTurnedOffIsRecordedForOthersOnly() {
		this.wishes = Map.of("acme", List.of(new EventOverride("order.*", false, 1)));
		this.fixture.open();
		assertThat(track(ACME)).isEqualTo(TrackResult.DISABLED);
		assertThat(track(TrackContext.NONE.withTenant("zebra"))).isEqualTo(TrackResult.ACCEPTED);
		assertThat(track(TrackContext.NONE)).isEqualTo(TrackResult.ACCEPTED);
		assertThat(this.fixture.events()).hasSize(2);
		assertThat(this.fixture.dropped("sampled")).isOne();
	}

	@Test
	void everyWayToRecordHeedsTheTenantOfTheThread() {
		this.wishes = Map.of("acme", List.of(new EventOverride("order.placed", false, 1)));
		this.fixture.open();
		recordEveryWay();
		assertThat(this.fixture.events()).hasSize(6);
		this.current.set("acme");
		recordEveryWay();
		assertThat(this.fixture.events()).hasSize(6);
	}

	private void recordEveryWay() {
		TelemetrySdk context = this.fixture.context;
		context.context().record("order.placed");
		context.context().record("order.placed", Map.of("items", 1));
		context.context().event(PLACED).attribute("items", 1).record();
		context.context().start(PLACED).close();
		context.context().start(PLACED, FAILED).close();
		track(TrackContext.NONE);
	}

	@Test
	void anOperationBelongsToTheTenantItBeganFor() {
		this.wishes = Map.of("acme", List.of(new EventOverride("order.placed", false, 1)));
		this.fixture.open();
		this.current.set("acme");
		EventScope ofAcme = this.fixture.context.context().start(PLACED, FAILED);
		this.current.set(null);
		EventScope ofNobody = this.fixture.context.context().start(PLACED, FAILED);
		this.current.set("acme");
		ofNobody.close();
		assertThat(this.fixture.events()).hasSize(1);
		this.current.set(null);
		ofAcme.close();
		assertThat(this.fixture.events()).hasSize(1);
	}

	@Test
	void aRateOfATenantIsOnItsEventsAndCannotBeMoreThanDeclared() {
		this.wishes = Map.of("acme", List.of(new EventOverride("order.viewed", true, 0.25)), "zebra",
				List.of(new EventOverride("order.viewed", true, 1)));
		this.fixture.open();
		for (int i = 0; i < 200; i++) {
			this.fixture.context.tracker().track("order.viewed", null, Map.of(), ACME);
		}
		assertThat(this.fixture.events()).hasSizeBetween(20, 90).extracting(Event::samplingRate).containsOnly(0.25);
		int before = this.fixture.events().size();
		for (int i = 0; i < 200; i++) {
			this.fixture.context.tracker().track("order.viewed", null, Map.of(), ACME.withTenant("zebra"));
		}
		List<Event> later = this.fixture.events();
		assertThat(later.subList(before, later.size())).hasSizeBetween(60, 140)
			.extracting(Event::samplingRate)
			.containsOnly(0.5);
	}

	@Test
	void aTenantCannotTurnOnWhatTheOperatorTurnedOff() {
		this.fixture.close();
		this.wishes = Map.of("acme", List.of(new EventOverride("order.placed", true, 1)));
		this.fixture = new RecordingFixture(
				builder(this.tenants).overrides(List.of(new EventOverride("order.placed", false, 1))));
		this.fixture.open();
		assertThat(track(ACME)).isEqualTo(TrackResult.DISABLED);
	}

	@Test
	void controlsThatFailDropTheEventAndThrowNothing() {
		this.fixture.close();
		this.fixture = new RecordingFixture(builder((tenant) -> {
			throw new IllegalStateException("secret");
		}));
		this.fixture.open();
		assertThat(track(ACME)).isEqualTo(TrackResult.DROPPED);
		assertThat(track(TrackContext.NONE)).isEqualTo(TrackResult.ACCEPTED);
		assertThat(this.fixture.events()).hasSize(1);
	}

	@Test
	void aThreadWhoseTenantCannotBeToldRecordsNothing() {
		this.fixture.close();
		this.fixture = new RecordingFixture(builder(new TenantControls() {

			@Override
			public List<EventOverride> overrides(String tenantId) {
				return List.of();
			}

			@Override
			public @Nullable String currentTenant() {
				throw new IllegalStateException("secret");
			}

		}));
		this.fixture.open();
		recordEveryWay();
		assertThat(this.fixture.events()).isEmpty();
		assertThat(track(ACME)).isEqualTo(TrackResult.ACCEPTED);
	}

	private TrackResult track(TrackContext context) {
		return this.fixture.context.tracker().track("order.placed", null, Map.of(), context);
	}

	private static TelemetrySdkBuilder builder(TenantControls tenants) {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(EventDefinition.builder("order.placed").property("items", PropertyType.NUMBER).build());
		registry.register(EventDefinition.builder("order.viewed").samplingRate(0.5).build());
		return TelemetrySdk.builder().declared(registry, UndeclaredPolicy.RECORD).tenants(tenants);
	}

}
