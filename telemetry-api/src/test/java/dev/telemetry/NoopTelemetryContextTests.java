package dev.telemetry;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests for {@link TelemetryContext#noop()}. */
class NoopTelemetryContextTests {

	private static final EventType ORDER = EventType.of("order.placed");

	private final TelemetryContext context = TelemetryContext.noop();

	@Test
	void everythingRecordsNothing() {
		assertThat(this.context).isSameAs(TelemetryContext.noop());
		assertThat(this.context.isCollecting()).isFalse();
		assertThat(this.context.event(ORDER)).isSameAs(NoopEventRecorder.INSTANCE);
		assertThat(this.context.start(ORDER)).isSameAs(NoopEventScope.INSTANCE);
		assertThat(this.context.start(ORDER, ORDER)).isSameAs(NoopEventScope.INSTANCE);
		this.context.record("order.placed");
		this.context.record("order.placed", Map.of("items", 3));
		assertThat(this.context.tracker().track("order.placed", null, Map.of())).isEqualTo(TrackResult.CONSENT_CLOSED);
	}

	@Test
	void timeRunsTheWorkOnceAndItsResultReachesTheCaller() {
		AtomicInteger runs = new AtomicInteger();
		assertThat(this.context.<Integer, RuntimeException>time(ORDER, (scope) -> {
			scope.attribute("items", 3);
			return runs.incrementAndGet();
		})).isEqualTo(1);
		assertThat(runs).hasValue(1);
		IOException failure = new IOException("disk");
		assertThatThrownBy(() -> this.context.time(ORDER, (scope) -> {
			throw failure;
		})).isSameAs(failure);
	}

}
