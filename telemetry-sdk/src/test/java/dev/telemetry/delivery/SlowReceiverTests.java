package dev.telemetry.delivery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.telemetry.event.Event;
import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.TelemetryException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for receivers that are slow, hang, or come back to many who wait for them, for a
 * start with much to send, and for many questions about it.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SlowReceiverTests {

	private static final int SECONDS = 120;

	@TempDir
	private Path home;

	@Test
	@Tag("F-02")
	@Tag("F-22")
	void receiverThatTakesItsTimeHoldsUpNoOtherLane() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		AtomicInteger together = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		LaneFixture slow = LaneFixture.running(4096, 64, true);
		LaneFixture quick = LaneFixture.running(4096, 64, true);
		slow.sink.action = (events) -> {
			most.accumulateAndGet(together.incrementAndGet(), Math::max);
			await(answer);
			together.decrementAndGet();
		};
		List<Event> events = SpillFixture.events(5000);
		int refused = 0;
		for (int i = 0; i < events.size(); i++) {
			refused += slow.lane.offer(events.get(i)) ? 0 : 1;
			Event event = events.get(i);
			if (!quick.lane.offer(event)) {
				Patience.until("room in the quick lane", () -> {
					quick.lane.flush(Duration.ofSeconds(10));
					return quick.lane.offer(event);
				});
			}
		}
		assertThat(quick.lane.flush(Duration.ofSeconds(60))).isTrue();
		assertThat(quick.sink.batches.stream().mapToInt(List::size).sum()).as("nobody waited").isEqualTo(5000);
		assertThat(slow.sink.batches).as("while the other still waits").isEmpty();
		assertThat(refused).as("what the buffer and the batch under way do not hold").isBetween(1, 5000 - 4096);
		answer.countDown();
		assertThat(slow.lane.flush(Duration.ofSeconds(60))).isTrue();
		assertThat(slow.lane.status().delivered()).isEqualTo(5000 - refused);
		assertThat(slow.lane.status().dropped()).containsEntry("buffer_full", (long) refused);
		assertThat(most).as("requests at a time").hasValue(1);
		slow.lane.close(Duration.ofSeconds(5));
		quick.lane.close(Duration.ofSeconds(5));
	}

	private static void await(CountDownLatch latch) throws TelemetryException {
		try {
			Patience.await("the receiver's answer", latch);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw LaneFixture.retry();
		}
	}

	@Test
	@Tag("F-03")
	@Tag("F-30")
	void whatIsBufferedWhenAReceiverHangsIsOnDiskWhenTheLaneIsClosed() {
		SpillFixture fixture = new SpillFixture(this.home);
		fixture.realTime = true;
		fixture.sink.action = (events) -> await(new CountDownLatch(1));
		DeliveryLane lane = fixture.lane();
		lane.start();
		List<Event> events = SpillFixture.events(2048);
		events.forEach(lane::offer);
		long begun = System.nanoTime();
		lane.close(Duration.ofSeconds(5));
		long closed = System.nanoTime() - begun;
		assertThat(fixture.sink.batches).isEmpty();
		assertThat(lane.status().dropped()).isEmpty();
		fixture.down(false);
		DeliveryLane next = fixture.lane();
		next.start();
		Event last = SpillFixture.events(1).get(0);
		next.offer(last);
		fixture.awaitDelivered(2049);
		next.close(Duration.ofSeconds(5));
		System.out
			.println("Closed with 2,048 buffered while the receiver hangs: " + TimeUnit.NANOSECONDS.toMillis(closed)
					+ " ms; the next lane delivered " + (fixture.delivered().size() - 1) + " of them");
		assertThat(fixture.delivered()).containsAll(events).hasSize(2049);
	}

	@Test
	@Tag("F-28")
	void backlogKeepsNewEventsWaitingForTwoOfItsBatchesAtMost() throws Exception {
		SpillFixture fixture = new SpillFixture(this.home);
		fixture.batchSize = 100;
		List<Event> left = fixture.leave(SpillFixture.GRANT, 3000);
		DeliveryLane lane = fixture.lane();
		List<Event> fresh = SpillFixture.events(300);
		fresh.forEach(lane::offer);
		lane.flush(Duration.ZERO);
		List<Integer> turns = new ArrayList<>();
		for (int i = 0; i < fixture.sink.batches.size(); i++) {
			if (fresh.containsAll(fixture.sink.batches.get(i))) {
				turns.add(i);
			}
		}
		assertThat(turns).as("each third request, as long as there are both").containsExactly(2, 5, 8);
		assertThat(fixture.delivered()).containsAll(left).containsAll(fresh).hasSize(3300);
		assertThat(fixture.delivered().stream().filter(left::contains).toList()).as("oldest first").isEqualTo(left);
		lane.close(Duration.ZERO);
	}

	@Test
	@Tag("F-28")
	void startWithALargeBacklogDoesNotWaitForIt() throws Exception {
		SpillFixture fixture = new SpillFixture(this.home);
		fixture.settings = new SpillSettings(DeliveryMode.AT_LEAST_ONCE, 64 << 20, Duration.ofDays(7), false);
		fixture.capacity = 50_000;
		fixture.leave(SpillFixture.GRANT, 40_000);
		long bytes = 0;
		for (Path file : fixture.files()) {
			bytes += Files.size(file);
		}
		fixture.realTime = true;
		CountDownLatch go = new CountDownLatch(1);
		fixture.sink.action = (events) -> await(go);
		long begun = System.nanoTime();
		DeliveryLane lane = fixture.lane();
		lane.start();
		long started = System.nanoTime() - begun;
		assertThat(fixture.sink.batches).as("the start has not waited").isEmpty();
		go.countDown();
		fixture.awaitDelivered(40_000);
		long drained = System.nanoTime() - begun;
		lane.close(Duration.ofSeconds(5));
		System.out.println("Start with " + bytes / (1 << 20) + " MiB waiting: " + started / 1000 + " us, drained after "
				+ TimeUnit.NANOSECONDS.toMillis(drained) + " ms");
		assertThat(fixture.delivered()).hasSize(40_000);
	}

	/** The waits of twenty lanes whose receiver was away for an hour and comes back. */
	@Test
	@Tag("F-29")
	void lanesThatWaitedTogetherDoNotComeTogether() {
		RetrySettings settings = RetrySettings.DEFAULTS;
		int[] requests = new int[SECONDS];
		for (int lane = 0; lane < 20; lane++) {
			Backoff backoff = new Backoff(settings, new SplittableRandom(lane));
			long now = 0;
			long end = TimeUnit.HOURS.toNanos(1);
			while (now < end) {
				backoff.failed(now, null);
				now += backoff.remaining(now, false);
			}
			requests[(int) TimeUnit.NANOSECONDS.toSeconds(now - end)]++;
		}
		int last = IntStream.range(0, SECONDS).filter((second) -> requests[second] > 0).max().orElse(0);
		double mean = 20.0 / (last + 1);
		int peak = Arrays.stream(requests).max().orElse(0);
		System.out.println("Twenty lanes after an hour: all within " + (last + 1) + " s, peak " + peak
				+ " a second, mean " + mean);
		assertThat((double) peak).isLessThanOrEqualTo(Math.max(3 * mean, 3));
		assertThat(last).as("none waits longer than its longest wait").isLessThan(73);
	}

	/** Who floods the status with questions does not touch the disk. */
	@Test
	@Tag("T-24")
	void statusIsKeptInMemoryAndLooksAtNoFile() throws Exception {
		SpillFixture fixture = new SpillFixture(this.home);
		fixture.batchSize = 10;
		fixture.leave(SpillFixture.GRANT, 640);
		fixture.down(true);
		DeliveryLane lane = fixture.lane();
		lane.runOnce();
		DeliveryStatus status = lane.status();
		assertThat(status.spilledFiles()).isEqualTo(64);
		Path spill = fixture.home.resolve("spill");
		Files.move(spill, fixture.home.resolve("elsewhere"));
		assertThat(lane.status()).isEqualTo(status);
		Files.move(fixture.home.resolve("elsewhere"), spill);
		lane.close(Duration.ZERO);
	}

}
