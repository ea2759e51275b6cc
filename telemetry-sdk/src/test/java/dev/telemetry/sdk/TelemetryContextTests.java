package dev.telemetry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import dev.telemetry.EventRecorder;
import dev.telemetry.EventScope;
import dev.telemetry.EventType;
import dev.telemetry.TelemetryContext;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.event.Event;
import dev.telemetry.pipeline.Sampler;
import dev.telemetry.sink.MemorySink;
import dev.telemetry.sink.SinkSession;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.UndeclaredPolicy;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for the front door. */
@Tag("F-25")
class TelemetryContextTests {

	private static final EventType ORDER = EventType.of("order.placed");

	@Test
	void scopeWhenTheBlockReturnsRecordsSuccessAndDuration() {
		try (Recording recording = Recording.enabled()) {
			int result = recording.context.context().<Integer, RuntimeException>time(ORDER, (scope) -> {
				scope.attribute("items", 2);
				return 42;
			});
			assertThat(result).isEqualTo(42);
			assertThat(recording.event().attributes()).containsEntry("items", 2L)
				.containsEntry("success", true)
				.containsEntry("outcome", "ok")
				.containsKey("duration_ms")
				.doesNotContainKey("error");
		}
	}

	@Test
	void scopeWhenTheBlockThrowsRecordsTheClassAndThrowsTheSameException() {
		try (Recording recording = Recording.enabled()) {
			IllegalStateException failure = new IllegalStateException("card 4111 1111 1111 1111 was declined");
			assertThatThrownBy(() -> recording.context.context().time(ORDER, (scope) -> {
				throw failure;
			})).isSameAs(failure);
			assertThat(recording.event().attributes()).containsEntry("success", false)
				.containsEntry("outcome", "error")
				.containsEntry("error", "IllegalStateException");
			assertThat(recording.event().attributes().toString()).doesNotContain("declined");
		}
	}

	@Test
	void scopeWhenTheExceptionIsAnonymousRecordsTheNearestName() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context().start(ORDER).failed(new IllegalStateException() {

				private static final long serialVersionUID = 1L;

			}).close();
			assertThat(recording.event().attribute("error")).isEqualTo("IllegalStateException");
		}
	}

	@Test
	void scopeWhenCancelledSaysSo() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context().start(ORDER).cancelled().close();
			assertThat(recording.event().attributes()).containsEntry("success", false)
				.containsEntry("outcome", "cancelled")
				.doesNotContainKey("error");
		}
	}

	@Test
	void scopeWhenTheBlockIsCancelledRecordsNoError() {
		try (Recording recording = Recording.enabled()) {
			CancellationException cancelled = new CancellationException();
			assertThatThrownBy(() -> recording.context.context().time(ORDER, (scope) -> {
				throw cancelled;
			})).isSameAs(cancelled);
			assertThat(recording.event().attributes()).containsEntry("outcome", "cancelled").doesNotContainKey("error");
		}
	}

	@Test
	void scopeWhenClosedTwiceRecordsOnce() {
		try (Recording recording = Recording.enabled()) {
			EventScope scope = recording.context.context().start(ORDER);
			scope.close();
			scope.close();
			assertThat(recording.events()).hasSize(1);
		}
	}

	@Test
	void systemValuesCannotBeForged() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context()
				.start(ORDER)
				.attribute("success", "certainly")
				.attribute("duration_ms", -1)
				.attribute("error", "secret")
				.attribute("outcome", "fine")
				.close();
			assertThat(recording.event().attributes()).containsEntry("success", true)
				.containsEntry("outcome", "ok")
				.doesNotContainKey("error")
				.doesNotContainEntry("duration_ms", -1L);
		}
	}

	@Test
	void metadataIsAddedAndTheEventsOwnAttributesWin() {
		try (Recording recording = Recording
			.enabled((builder) -> builder.metadata(Map.of("team", "blue", "region", "eu")))) {
			recording.context.context().event(ORDER).attribute("team", "red").record();
			assertThat(recording.event().attributes()).isEqualTo(Map.of("team", "red", "region", "eu"));
		}
	}

	@Test
	void recordWhenArgumentsAreHostileNeverThrows() {
		try (Recording recording = Recording.enabled()) {
			Object hostile = new Object() {

				@Override
				public String toString() {
					throw new IllegalStateException("toString");
				}

			};
			assertThatNoException().isThrownBy(() -> {
				recording.context.context().record("", Map.of("a", 1));
				recording.context.context().record(null);
				recording.context.context().record("null.map", null);
				recording.context.context().record("null.key", Collections.singletonMap(null, 1));
				recording.context.context()
					.event(ORDER)
					.attribute(null, "x")
					.attribute("hostile", hostile)
					.attribute("nan", Double.NaN)
					.attribute("list", Arrays.asList(1, null))
					.record();
			});
			assertThat(recording.events()).filteredOn((event) -> event.name().equals("order.placed"))
				.singleElement()
				.extracting(Event::attributes)
				.isEqualTo(Map.of("list", 2L));
			assertThat(recording.context.status().dropped().get("invalid")).isPositive();
		}
	}

	@Test
	void secretsAreRedactedBeforeAnySinkSeesThem() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context()
				.record("login.failed", Map.of("note", "mail alice@example.com", "password", "hunter2"));
			assertThat(recording.event().attributes().toString()).doesNotContain("alice", "hunter2")
				.contains("[redacted]");
		}
	}

	@Test
	void personalPropertiesAreNeverKeptInClear() {
		EventDefinition login = EventDefinition.builder("user.login")
			.property(PropertyDefinition.of("user", PropertyType.STRING, PrivacyLevel.PII))
			.property(PropertyDefinition.of("age", PropertyType.NUMBER, PrivacyLevel.SENSITIVE))
			.property("channel", PropertyType.STRING)
			.build();
		try (Recording recording = Recording
			.enabled((builder) -> builder.declared(new TelemetrySpecRegistry(List.of(login)), UndeclaredPolicy.DROP))) {
			recording.context.context()
				.event(EventType.of(login))
				.attribute("user", "alice")
				.attribute("age", 42)
				.attribute("channel", "web")
				.record();
			assertThat(recording.event().attributes()).isEqualTo(Map.of("user", "[redacted]", "channel", "web"));
		}
	}

	@Test
	@Tag("I24")
	void undeclaredWhenDroppedAreCounted() {
		EventDefinition declared = EventDefinition.builder("order.placed")
			.property("items", PropertyType.NUMBER)
			.build();
		try (Recording recording = Recording.enabled(
				(builder) -> builder.declared(new TelemetrySpecRegistry(List.of(declared)), UndeclaredPolicy.DROP))) {
			recording.context.context().record("something.else");
			recording.context.context().event(ORDER).attribute("items", 2).attribute("customer", "x").record();
			assertThat(recording.event().attributes()).isEqualTo(Map.of("items", 2L));
			assertThat(recording.context.status().dropped()).containsEntry("undeclared", 2L);
		}
	}

	@Test
	void samplingKeepsItsShareAndWritesTheRate() {
		double[] draws = { 0.1, 0.9, 0.49, 0.5 };
		int[] next = { 0 };
		EventDefinition sampled = EventDefinition.builder("page.viewed").samplingRate(0.5).build();
		try (Recording recording = Recording
			.enabled((builder) -> builder.declared(new TelemetrySpecRegistry(List.of(sampled)), UndeclaredPolicy.RECORD)
				.runtime(DeliveryRuntime.system(), new Sampler(() -> draws[next[0]++])))) {
			for (int i = 0; i < 4; i++) {
				recording.context.context().event(EventType.of(sampled)).record();
			}
			assertThat(recording.events()).hasSize(2).allMatch((event) -> event.samplingRate() == 0.5);
			assertThat(recording.context.status().dropped()).containsEntry("sampled", 2L);
		}
	}

	@Test
	@Tag("I27")
	void overridesOnlyNarrow() {
		EventDefinition rare = EventDefinition.builder("cart.opened").samplingRate(0).build();
		try (Recording recording = Recording.enabled((builder) -> builder
			.declared(new TelemetrySpecRegistry(List.of(rare)), UndeclaredPolicy.RECORD)
			.overrides(
					List.of(new EventOverride("order.placed", false, 1), new EventOverride("cart.opened", true, 1))))) {
			recording.context.context().record("order.placed");
			recording.context.context().record("cart.opened");
			recording.context.context().record("order.paid");
			assertThat(recording.event().name()).isEqualTo("order.paid");
		}
	}

	@Test
	void localScopeMakesNoRemoteSink() {
		CountingFactory remote = new CountingFactory(true);
		CountingFactory local = new CountingFactory(false);
		try (Recording recording = new Recording((builder) -> builder.sink(remote).sink(local))) {
			recording.gate.enable(ConsentScope.LOCAL, null, "command");
			assertThat(remote.made).isZero();
			assertThat(local.made).isOne();
			recording.gate.enable(ConsentScope.EXPORT, null, "command");
			assertThat(remote.made).isOne();
		}
	}

	@Test
	void sinkThatCannotBeMadeIsAProblemAndKeepsNoOtherFromItsWork() {
		try (Recording recording = Recording.enabled((builder) -> builder.sink(new FailingFactory()))) {
			recording.context.context().record("a");
			assertThat(recording.events()).hasSize(1);
			assertThat(recording.context.status().problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.toString()).contains("sink failing", "no such library"));
		}
	}

	@Test
	void disableEndsTheSessionAndANewGrantNeverRevivesIt() {
		try (Recording recording = Recording.enabled()) {
			String first = recording.context.status().sessionId();
			EventRecorder late = recording.context.context().event(ORDER);
			recording.gate.disable("command");
			assertThat(recording.context.context().isCollecting()).isFalse();
			assertThat(recording.context.status().sessionId()).isNull();
			recording.gate.enable(ConsentScope.EXPORT, null, "command");
			late.record();
			assertThat(recording.events()).isEmpty();
			recording.context.context().event(ORDER).record();
			assertThat(recording.event().sessionId()).isNotEqualTo(first).matches("[0-9a-f]{32}");
		}
	}

	@Test
	void statusWhenClosedStillShowsWhatBecameOfTheEvents() {
		try (Recording recording = Recording.enabled()) {
			recording.context.context().record("a");
			assertThat(recording.events()).hasSize(1);
			recording.gate.disable("command");
			assertThat(recording.context.status().sinks()).singleElement().satisfies((sink) -> {
				assertThat(sink.accepted()).isEqualTo(1);
				assertThat(sink.delivered()).isEqualTo(1);
				assertThat(sink.pending()).isZero();
			});
		}
	}

	@Test
	void closeDeliversAndRefreshBeginsAnew() {
		Recording recording = Recording.enabled();
		recording.context.context().record("a");
		recording.context.close();
		assertThat(recording.memory.events()).hasSize(1);
		recording.context.context().record("lost");
		recording.gate.refresh();
		recording.context.context().record("b");
		assertThat(recording.events()).extracting(Event::name).containsExactly("a", "b");
		recording.close();
	}

	@Test
	void recordWhenOnADeliveryThreadIsDropped() {
		TelemetryContext[] context = new TelemetryContext[1];
		MemorySink memory = new MemorySink();
		try (Recording recording = Recording.enabled((builder) -> builder.sink("echo", (event) -> {
			context[0].record("echo.of." + event.name());
			memory.emit(event);
		}))) {
			context[0] = recording.context.context();
			recording.context.context().record("a");
			assertThat(recording.events()).hasSize(1);
			assertThat(recording.context.flush(Duration.ofSeconds(30))).isTrue();
			assertThat(memory.events()).hasSize(1);
		}
	}

	@Test
	@Tag("P27")
	void buildWhenSomethingIsMissingOrTwiceThrows() {
		assertThatIllegalStateException().isThrownBy(() -> TelemetrySdk.builder().build())
			.withMessageContaining("must be set");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TelemetrySdk.builder().sink("a", TelemetrySink.noop()).sink("a", TelemetrySink.noop()))
			.withMessageContaining("'name'");
		assertThatIllegalArgumentException().isThrownBy(() -> EventType.of("Order Placed"))
			.withMessageContaining("'name'");
	}

	/** Counts the sinks it makes. */
	private static final class CountingFactory implements TelemetrySinkFactory {

		private final boolean remote;

		private int made;

		CountingFactory(boolean remote) {
			this.remote = remote;
		}

		@Override
		public String name() {
			return this.remote ? "remote" : "local";
		}

		@Override
		public String target() {
			return "nowhere";
		}

		@Override
		public boolean remote() {
			return this.remote;
		}

		@Override
		public TelemetrySink create(SinkSession session) {
			this.made++;
			return TelemetrySink.noop();
		}

	}

	/** Cannot make its sink. */
	private static final class FailingFactory implements TelemetrySinkFactory {

		@Override
		public String name() {
			return "failing";
		}

		@Override
		public String target() {
			return "https://collector.example.com/v1/logs";
		}

		@Override
		public boolean remote() {
			return true;
		}

		@Override
		public TelemetrySink create(SinkSession session) throws TelemetryException {
			throw new TelemetryException(TelemetryException.Kind.OTLP, "no such library", false, null);
		}

	}

	/** What was found out for the last event of a name holds until something changes. */
	@Test
	void whatIsDeclaredOrExcludedLaterCountsForTheNextEvent() {
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		EventType type = EventType.of("order.placed");
		try (Recording recording = Recording
			.enabled((builder) -> builder.declared(registry, UndeclaredPolicy.RECORD))) {
			EventDefinition definition = EventDefinition.builder("order.placed")
				.property("sku", PropertyType.NUMBER)
				.build();
			for (int i = 0; i < 2; i++) {
				recording.context.context().event(type).attribute("sku", "A").attribute("channel", "web").record();
			}
			registry.exclude(definition);
			recording.context.context().event(type).attribute("sku", "A").attribute("channel", "web").record();
			assertThat(recording.events()).extracting((event) -> event.attributes().keySet())
				.containsExactly(Set.of("sku", "channel"), Set.of("sku", "channel"));
			assertThat(recording.context.status().dropped()).containsEntry("undeclared", 1L);
		}
	}

	@Test
	void eventsOfSeveralNamesThatAreOpenAtOnceAreKeptApart() {
		try (Recording recording = Recording.enabled()) {
			EventType one = EventType.of("one.one");
			EventType two = EventType.of("two.two");
			for (int i = 0; i < 3; i++) {
				EventRecorder first = recording.context.context().event(one).attribute("a", 1);
				EventRecorder second = recording.context.context().event(two).attribute("b", 2);
				EventRecorder again = recording.context.context().event(one).attribute("c", 3);
				again.record();
				second.record();
				first.attribute("d", 4).record();
			}
			assertThat(recording.events()).extracting((event) -> event.name() + event.attributes())
				.containsSubsequence("one.one{c=3}", "two.two{b=2}", "one.one{a=1, d=4}", "one.one{c=3}",
						"two.two{b=2}", "one.one{a=1, d=4}", "one.one{c=3}", "two.two{b=2}", "one.one{a=1, d=4}");
		}
	}

	@Test
	void eventThatIsBegunWhileTheTenantIsAskedForIsKeptApart() {
		List<EventRecorder> inner = new ArrayList<>();
		List<Recording> open = new ArrayList<>();
		TenantControls tenants = new TenantControls() {

			@Override
			public List<EventOverride> overrides(String tenantId) {
				return List.of();
			}

			@Override
			public @Nullable String currentTenant() {
				if (open.size() == 1 && inner.isEmpty()) {
					// Not asked again by the event that is begun here
					Recording recording = open.remove(0);
					inner.add(recording.context.context().event(ORDER).attribute("inner", 1));
				}
				return null;
			}

		};
		try (Recording recording = Recording.enabled((builder) -> builder.tenants(tenants))) {
			open.add(recording);
			recording.context.context().event(ORDER).attribute("outer", 2).record();
			inner.get(0).record();
			assertThat(recording.events()).extracting((event) -> event.attributes().toString())
				.containsExactly("{outer=2}", "{inner=1}");
		}
	}

}
