package dev.telemetry.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DeliveryLane}, driven by hand. */
@Tag("F-25")
@ExtendWith(LawOfAccounting.class)
class DeliveryLaneTests {

	@Test
	void runOnceWhenBatchIsNotFullSendsNothing() {
		LaneFixture fixture = LaneFixture.manual(100, 3);
		fixture.offer("a", "b");
		fixture.lane.runOnce();
		assertThat(fixture.sink.calls).hasValue(0);
		assertThat(fixture.lane.status().pending()).isEqualTo(2);
	}

	@Test
	void runOnceWhenBatchIsFullSendsItInOrder() {
		LaneFixture fixture = LaneFixture.manual(100, 3);
		fixture.offer("a", "b", "c", "d");
		fixture.lane.runOnce();
		assertThat(fixture.sink.names()).containsExactly("a", "b", "c");
		DeliveryStatus status = fixture.lane.status();
		assertThat(status.delivered()).isEqualTo(3);
		assertThat(status.pending()).isEqualTo(1);
		assertThat(status.lastDelivery()).isEqualTo(LaneFixture.NOW);
	}

	@Test
	@Tag("T-21")
	void runOnceWhenBatchTimeoutHasPassedSendsWhatIsThere() {
		LaneFixture fixture = LaneFixture.manual(100, 3);
		fixture.offer("a");
		fixture.advance(Duration.ofSeconds(5).minusNanos(1));
		fixture.lane.runOnce();
		assertThat(fixture.sink.calls).hasValue(0);
		fixture.advance(Duration.ofNanos(1));
		fixture.lane.runOnce();
		assertThat(fixture.sink.names()).containsExactly("a");
	}

	@Test
	void offerWhenFullDropsNewestAndCounts() {
		LaneFixture fixture = LaneFixture.manual(4, 2);
		fixture.offer("a", "b", "c", "d");
		assertThat(fixture.lane.offer(LaneFixture.event("e"))).isFalse();
		assertThat(fixture.lane.status().dropped()).isEqualTo(Map.of("buffer_full", 1L));
		fixture.lane.flush(Duration.ZERO);
		assertThat(fixture.sink.names()).containsExactly("a", "b", "c", "d");
	}

	@Test
	void offerWhenBatchesWaitCountsThemTowardsCapacity() {
		LaneFixture fixture = LaneFixture.manual(4, 2);
		fixture.sink.action = (events) -> {
			throw LaneFixture.retry();
		};
		fixture.offer("a", "b", "c");
		fixture.lane.runOnce();
		assertThat(fixture.lane.offer(LaneFixture.event("d"))).isTrue();
		assertThat(fixture.lane.offer(LaneFixture.event("e"))).isFalse();
		fixture.lane.runOnce();
		assertThat(fixture.lane.offer(LaneFixture.event("f"))).isFalse();
		DeliveryStatus status = fixture.lane.status();
		assertThat(status.accepted()).isEqualTo(6);
		assertThat(status.pending()).isEqualTo(4);
		fixture.sink.action = (events) -> {
		};
		fixture.advance(Duration.ofSeconds(1));
		fixture.lane.runOnce();
		assertThat(fixture.lane.offer(LaneFixture.event("g"))).isTrue();
		assertThat(fixture.sink.names()).containsExactly("a", "b", "c", "d");
	}

	@Test
	void offerWhenCapacityIsOneTakesOne() {
		LaneFixture fixture = LaneFixture.manual(1, 512);
		assertThat(fixture.lane.offer(LaneFixture.event("a"))).isTrue();
		assertThat(fixture.lane.offer(LaneFixture.event("b"))).isFalse();
		fixture.lane.runOnce();
		assertThat(fixture.sink.names()).containsExactly("a");
		assertThat(fixture.lane.offer(LaneFixture.event("c"))).isTrue();
	}

	@Test
	void runOnceChecksRecordAndIsInsideWhileSinkWorks() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		AtomicReference<String> seen = new AtomicReference<>();
		fixture.sink.action = (events) -> seen.set(fixture.pass.checks + "/" + fixture.pass.inside);
		fixture.offer("a");
		fixture.lane.runOnce();
		assertThat(seen).hasValue("1/1");
		assertThat(fixture.pass.inside).hasValue(0);
	}

	@Test
	void runOnceWhenSessionIsOverSendsNothingAndDiscardsAll() {
		LaneFixture fixture = LaneFixture.manual(10, 2);
		fixture.offer("a", "b", "c");
		fixture.pass.open = false;
		fixture.lane.runOnce();
		assertThat(fixture.sink.calls).hasValue(0);
		assertThat(fixture.lane.status().dropped()).isEqualTo(Map.of("withdrawn", 3L));
		assertThat(fixture.lane.status().pending()).isZero();
	}

	@Test
	void discardWhenEventsWaitCountsThemWithdrawnAndGoesOn() {
		LaneFixture fixture = LaneFixture.manual(10, 2);
		fixture.sink.action = (events) -> {
			throw LaneFixture.retry();
		};
		fixture.offer("a", "b", "c");
		fixture.lane.runOnce();
		fixture.lane.discard();
		assertThat(fixture.lane.status().dropped()).isEqualTo(Map.of("withdrawn", 3L));
		assertThat(fixture.lane.status().pending()).isZero();
		fixture.sink.action = (events) -> {
		};
		fixture.advance(Duration.ofMinutes(1));
		fixture.offer("d");
		fixture.lane.runOnce();
		assertThat(fixture.sink.names()).containsExactly("d");
	}

	@Test
	void discardWhenBatchIsBeingSentLeavesItsOutcomeToTheSink() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		fixture.sink.action = (events) -> fixture.lane.discard();
		fixture.offer("a", "b");
		fixture.lane.runOnce();
		DeliveryStatus status = fixture.lane.status();
		assertThat(status.delivered()).isEqualTo(1);
		assertThat(status.dropped()).isEqualTo(Map.of("withdrawn", 1L));
		assertThat(status.pending()).isZero();
	}

	@Test
	void abortWhenNothingIsInFlightReturnsZero() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		assertThat(fixture.lane.abort()).isZero();
		assertThat(fixture.sink.aborts).hasValue(0);
	}

	@Test
	void closeDeliversWhatIsThereAndClosesTheSinkOnce() {
		LaneFixture fixture = LaneFixture.manual(10, 5);
		fixture.offer("a", "b");
		fixture.lane.close(Duration.ofSeconds(2));
		fixture.lane.close(Duration.ofSeconds(2));
		assertThat(fixture.sink.names()).containsExactly("a", "b");
		assertThat(fixture.sink.flushes).hasValue(1);
		assertThat(fixture.sink.closes).hasValue(1);
	}

	@Test
	void closeWhenSinkFailsCountsTheRestAsShutdown() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		fixture.sink.action = (events) -> {
			throw LaneFixture.retry();
		};
		fixture.offer("a", "b");
		fixture.lane.close(Duration.ofSeconds(2));
		assertThat(fixture.sink.calls).hasValue(1);
		assertThat(fixture.lane.status().dropped()).isEqualTo(Map.of("shutdown", 2L));
	}

	@Test
	void closeWhileWaitingForRetryTriesOnceMore() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		fixture.sink.action = (events) -> {
			throw LaneFixture.retry();
		};
		fixture.offer("a");
		fixture.lane.runOnce();
		fixture.sink.action = (events) -> {
		};
		fixture.lane.close(Duration.ofSeconds(2));
		assertThat(fixture.sink.names()).containsExactly("a");
	}

	@Test
	void offerWhenClosedCountsShutdown() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		fixture.lane.close(Duration.ZERO);
		assertThat(fixture.lane.offer(LaneFixture.event("a"))).isFalse();
		assertThat(fixture.lane.status().dropped()).isEqualTo(Map.of("shutdown", 1L));
	}

	@Test
	void offerWhenClosedAfterWithdrawalCountsWithdrawn() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		fixture.pass.open = false;
		fixture.lane.close(Duration.ZERO);
		assertThat(fixture.lane.offer(LaneFixture.event("a"))).isFalse();
		assertThat(fixture.lane.status().dropped()).isEqualTo(Map.of("withdrawn", 1L));
	}

	@Test
	void isDeliveryThreadInsideSinkIsTrueAndOutsideIsFalse() {
		LaneFixture fixture = LaneFixture.manual(10, 1);
		AtomicReference<Boolean> inside = new AtomicReference<>();
		fixture.sink.action = (events) -> inside.set(DeliveryLane.isDeliveryThread());
		fixture.offer("a");
		fixture.lane.runOnce();
		assertThat(inside).hasValue(true);
		assertThat(DeliveryLane.isDeliveryThread()).isFalse();
	}

	@Test
	void statusSaysNameTargetAndWhetherRemote() {
		DeliveryStatus status = LaneFixture.manual(10, 1).lane.status();
		assertThat(status.name()).isEqualTo("fake");
		assertThat(status.target()).isEqualTo("https://receiver.example.com/v1/logs");
		assertThat(status.remote()).isTrue();
		assertThat(status.lastDelivery()).isNull();
	}

}
