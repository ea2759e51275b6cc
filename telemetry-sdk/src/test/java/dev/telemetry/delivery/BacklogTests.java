package dev.telemetry.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.telemetry.event.DropReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of a lane, step by step: whatever is under way then is counted once. */
class BacklogTests {

	private final DeliveryLedger ledger = new DeliveryLedger();

	private final Backlog backlog = new Backlog(
			new DeliverySettings(10, 1, Duration.ofSeconds(5),
					new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(60), 1.5, 0)),
			Spiller.NONE, this.ledger);

	@Test
	void endWhenTheSinkTakesWhatIsUnderWayCountsItAsDelivered() {
		Batch batch = sendFirstOf("a", "b");
		this.backlog.end(DropReason.SHUTDOWN);
		this.backlog.settle(batch, null, 0, 0, LaneFixture.NOW);
		this.backlog.discard(DropReason.SHUTDOWN, true);
		expect(1, Map.of("shutdown", 1L));
	}

	@Test
	void endWhenTheSinkFailsCountsWhatIsUnderWayAsDropped() {
		Batch batch = sendFirstOf("a", "b");
		this.backlog.end(DropReason.SHUTDOWN);
		this.backlog.settle(batch, batch, 0, 0, LaneFixture.NOW);
		this.backlog.discard(DropReason.SHUTDOWN, true);
		expect(0, Map.of("shutdown", 2L));
	}

	@Test
	void endWhenTheSinkHangsCountsWhatIsUnderWayAsDropped() {
		Batch batch = sendFirstOf("a", "b");
		this.backlog.end(DropReason.SHUTDOWN);
		this.backlog.discard(DropReason.SHUTDOWN, true);
		this.backlog.settle(batch, null, 0, 0, LaneFixture.NOW);
		expect(0, Map.of("shutdown", 2L));
	}

	@Test
	void offerAtTheEndLeavesWhatIsUnderWayAlone() {
		Batch batch = sendFirstOf("a");
		this.backlog.end(DropReason.SHUTDOWN);
		this.backlog.offer(LaneFixture.event("late"));
		this.backlog.settle(batch, null, 0, 0, LaneFixture.NOW);
		expect(1, Map.of("shutdown", 1L));
	}

	@Test
	void collectTellsAfterEachBatchAndEndsThoughMoreComes() {
		this.backlog.offer(LaneFixture.event("a"));
		this.backlog.offer(LaneFixture.event("b"));
		List<Integer> waiting = new ArrayList<>();
		this.backlog.collect(false, () -> {
			waiting.add((int) this.backlog.taken());
			this.backlog.offer(LaneFixture.event("more"));
		});
		assertThat(waiting).as("the sender is told before the next batch is made").containsExactly(1, 2);
		assertThat(this.backlog.hasFullBatch()).isTrue();
	}

	private Batch sendFirstOf(String... names) {
		for (String name : names) {
			this.backlog.offer(LaneFixture.event(name));
		}
		this.backlog.collect(true, () -> {
		});
		Batch batch = this.backlog.begin();
		assertThat(batch).isNotNull();
		return batch;
	}

	private void expect(long delivered, Map<String, Long> dropped) {
		DeliveryStatus status = this.backlog.status("fake", "here", true);
		assertThat(status.delivered()).isEqualTo(delivered);
		assertThat(status.dropped()).isEqualTo(dropped);
		assertThat(status.pending()).isZero();
	}

}
