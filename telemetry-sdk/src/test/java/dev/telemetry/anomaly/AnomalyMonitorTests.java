package dev.telemetry.anomaly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

import dev.telemetry.anomaly.Anomaly.Bound;
import dev.telemetry.event.Event;
import dev.telemetry.spec.AnomalyAction;
import dev.telemetry.spec.AnomalyRule;
import dev.telemetry.spec.AnomalyThreshold;
import dev.telemetry.spec.EventDefinition;
import dev.telemetry.spec.PrivacyLevel;
import dev.telemetry.spec.PropertyDefinition;
import dev.telemetry.spec.PropertyType;
import dev.telemetry.spec.TelemetrySpec;
import dev.telemetry.spec.registry.TelemetrySpecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/** Tests for {@link AnomalyMonitor}. */
class AnomalyMonitorTests {

	private static final Duration WINDOW = Duration.ofMinutes(15);

	private final List<AnomalySignal> signals = new ArrayList<>();

	private long nanos;

	@Test
	@Tag("P28")
	@Tag("P29")
	@Tag("P30")
	void valuesOutsideOfTheirBoundsAreToldAndEqualOnesAreFine() {
		AnomalyMonitor monitor = monitor(rule(1, null, new AnomalyThreshold("size", 2.0, 4.0, null)), Duration.ZERO);
		observe(monitor, 2, 4, 9, 1);
		assertThat(this.signals).extracting(AnomalySignal::anomaly)
			.extracting(Anomaly::bound, Anomaly::value, Anomaly::limit, Anomaly::recovered)
			.containsExactly(tuple(Bound.MAX, 9.0, 4.0, false), tuple(Bound.MIN, 1.0, 2.0, false),
					tuple(Bound.MAX, 1.0, 4.0, true));
	}

	@Test
	@Tag("P31")
	void theLastOfTheMinimumSampleIsTheFirstThatIsJudged() {
		AnomalyMonitor monitor = monitor(rule(3, null, new AnomalyThreshold("size", null, 4.0, null)), Duration.ZERO);
		observe(monitor, 9, 9);
		assertThat(this.signals).isEmpty();
		observe(monitor, 9);
		assertThat(this.signals).hasSize(1);
	}

	@Test
	@Tag("I29")
	void cooldownHoldsTheNextAndRecoveryIsToldOnce() {
		AnomalyMonitor monitor = monitor(rule(1, null, new AnomalyThreshold("size", null, 4.0, null)),
				Duration.ofSeconds(60));
		observe(monitor, 9, 9);
		after(59);
		observe(monitor, 9);
		assertThat(this.signals).hasSize(1);
		after(1);
		observe(monitor, 9);
		assertThat(this.signals).hasSize(2);
		observe(monitor, 3, 3, 9, 3);
		assertThat(this.signals).hasSize(3)
			.last()
			.satisfies((signal) -> assertThat(signal.anomaly().recovered()).isTrue())
			.hasToString("AnomalySignal[action=ALERT, anomaly=size 3.0 of order.placed is as it should be again]");
		after(60);
		observe(monitor, 9);
		assertThat(this.signals).hasSize(4);
	}

	@Test
	void cooldownOfTheDeclarationComesFirst() {
		AnomalyMonitor monitor = monitor(rule(1, Duration.ofSeconds(5), new AnomalyThreshold("size", null, 4.0, null)),
				Duration.ofSeconds(60));
		observe(monitor, 9);
		after(5);
		observe(monitor, 9);
		assertThat(this.signals).hasSize(2);
	}

	@Test
	@Tag("I30")
	void changeIsJudgedAgainstTheAverageBeforeTheValue() {
		AnomalyMonitor monitor = monitor(rule(5, null, new AnomalyThreshold("size", null, null, 50.0)), Duration.ZERO);
		observe(monitor, 100, 100, 100, 100, 149, 100, 40);
		assertThat(this.signals).extracting(AnomalySignal::anomaly).singleElement().satisfies((anomaly) -> {
			assertThat(anomaly.bound()).isEqualTo(Bound.CHANGE);
			assertThat(anomaly.value()).isEqualTo(40);
			assertThat(anomaly.baseline()).isBetween(100.0, 110.0);
		});
	}

	@Test
	void changeWhenTheWindowHasPassedHasNothingToDifferFrom() {
		AnomalyMonitor monitor = monitor(rule(3, null, new AnomalyThreshold("size", null, null, 50.0)), Duration.ZERO);
		observe(monitor, 100, 100, 100);
		after(WINDOW.toSeconds() + 1);
		observe(monitor, 900, 900);
		assertThat(this.signals).isEmpty();
		observe(monitor, 900, 100);
		assertThat(this.signals).hasSize(1);
	}

	@Test
	void changeFromZeroIsNone() {
		AnomalyMonitor monitor = monitor(rule(1, null, new AnomalyThreshold("size", null, null, 50.0)), Duration.ZERO);
		observe(monitor, 0, 0, 5);
		assertThat(this.signals).isEmpty();
	}

	@Test
	@Tag("I32")
	void whatIsRedactedCannotBeWatched() {
		AnomalyRule rule = rule(1, null, new AnomalyThreshold("size", 2.0, null, null));
		for (PropertyDefinition.Builder redacted : List.of(
				PropertyDefinition.builder("size", PropertyType.NUMBER).privacy(PrivacyLevel.PII),
				PropertyDefinition.builder("size", PropertyType.NUMBER).bucket(10))) {
			EventDefinition.Builder event = EventDefinition.builder("order.placed")
				.property(redacted.build())
				.anomaly(rule);
			assertThatIllegalArgumentException().isThrownBy(event::build)
				.withMessageContaining("as a number that is not personal in order to watch it");
		}
	}

	@Test
	@Tag("I32")
	void eventWithoutTheNumberIsNotJudged() {
		AnomalyMonitor monitor = monitor(rule(1, null, new AnomalyThreshold("size", 2.0, null, null)), Duration.ZERO);
		monitor.observe(Event.builder("order.placed").build());
		monitor.observe(Event.builder("order.placed").attribute("size", "1").build());
		monitor.observe(Event.builder("order.paid").attribute("size", 1).build());
		assertThat(this.signals).isEmpty();
	}

	@Test
	@Tag("I31")
	void everyDeclaredActionIsAskedForAndARecoveryNeedsNoNewDeclaration() {
		AnomalyMonitor monitor = monitor(
				new AnomalyRule(true, 1, List.of(new AnomalyThreshold("size", null, 4.0, null)),
						EnumSet.allOf(AnomalyAction.class), WINDOW, null),
				Duration.ZERO);
		observe(monitor, 9, 1);
		assertThat(this.signals).extracting(AnomalySignal::action, (signal) -> signal.anomaly().recovered())
			.containsExactly(tuple(AnomalyAction.ALERT, false), tuple(AnomalyAction.LOG, false),
					tuple(AnomalyAction.TRIGGER_REGEN, false), tuple(AnomalyAction.ALERT, true),
					tuple(AnomalyAction.LOG, true));
	}

	@Test
	@Tag("I33")
	void listenerThatFailsHarmsNobody() {
		AnomalyMonitor monitor = new AnomalyMonitor(
				registry(rule(1, null, new AnomalyThreshold("size", 2.0, 4.0, null))), Duration.ZERO, () -> this.nanos,
				(signal) -> {
					this.signals.add(signal);
					throw new IllegalStateException("secret");
				});
		observe(monitor, 9, 1);
		assertThat(this.signals).hasSize(3);
	}

	@Test
	void ruleThatIsOffOrOfASpecThatIsOffIsNotWatched() {
		AnomalyRule on = rule(1, null, new AnomalyThreshold("size", null, 4.0, null));
		AnomalyRule off = new AnomalyRule(false, 1, on.thresholds(), on.actions(), WINDOW, null);
		observe(monitor(off, Duration.ZERO), 9);
		TelemetrySpecRegistry registry = new TelemetrySpecRegistry(List.of());
		registry.register(TelemetrySpec.builder("shop", "1")
			.owners(List.of("x"))
			.anomalyDetection(false)
			.event(definition(on))
			.build());
		observe(new AnomalyMonitor(registry, Duration.ZERO, () -> this.nanos, this.signals::add), 9);
		assertThat(this.signals).isEmpty();
	}

	@Test
	@Tag("P33")
	void resetBeginsAnew() {
		AnomalyMonitor monitor = monitor(rule(2, null, new AnomalyThreshold("size", null, 4.0, null)), Duration.ZERO);
		observe(monitor, 1);
		monitor.reset();
		observe(monitor, 9);
		assertThat(this.signals).isEmpty();
	}

	private void after(long seconds) {
		this.nanos += TimeUnit.SECONDS.toNanos(seconds);
	}

	private static void observe(AnomalyMonitor monitor, double... values) {
		DoubleStream.of(values)
			.forEach((value) -> monitor.observe(Event.builder("order.placed").attribute("size", value).build()));
	}

	private AnomalyMonitor monitor(AnomalyRule rule, Duration cooldown) {
		return new AnomalyMonitor(registry(rule), cooldown, () -> this.nanos, this.signals::add);
	}

	private static TelemetrySpecRegistry registry(AnomalyRule rule) {
		return new TelemetrySpecRegistry(List.of(definition(rule)));
	}

	private static EventDefinition definition(AnomalyRule rule) {
		return EventDefinition.builder("order.placed").property("size", PropertyType.NUMBER).anomaly(rule).build();
	}

	private static AnomalyRule rule(int minimumSample, @Nullable Duration cooldown, AnomalyThreshold threshold) {
		return new AnomalyRule(true, minimumSample, List.of(threshold), Set.of(AnomalyAction.ALERT), WINDOW, cooldown);
	}

}
