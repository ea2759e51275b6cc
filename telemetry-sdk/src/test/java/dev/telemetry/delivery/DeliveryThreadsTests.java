package dev.telemetry.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the threads of a {@link DeliveryLane}. */
@Tag("F-21")
@Timeout(120)
@ExtendWith(LawOfAccounting.class)
class DeliveryThreadsTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int PRODUCERS = 4;

	private static final int EVENTS_EACH = 20_000;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void startUsesNamedDaemonThreads(boolean remote) {
		LaneFixture fixture = LaneFixture.running(10, 2, remote);
		assertThat(fixture.threads).allMatch(Thread::isDaemon);
		assertThat(fixture.threads).extracting(Thread::getName)
			.containsExactlyElementsOf(
					remote ? List.of("telemetry-fake", "telemetry-fake-sender") : List.of("telemetry-fake"));
		fixture.lane.close(LONG);
	}

	@Test
	void laneWithoutStartHasNoThread() {
		LaneFixture fixture = LaneFixture.manual(10, 2);
		fixture.offer("a", "b");
		fixture.lane.flush(LONG);
		fixture.lane.close(LONG);
		assertThat(fixture.threads).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fullBatchWakesTheWorker(boolean remote) throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(100, 3, remote);
		CountDownLatch sent = new CountDownLatch(1);
		fixture.sink.action = (events) -> sent.countDown();
		fixture.offer("a", "b", "c");
		assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
		fixture.lane.close(LONG);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void flushWaitsUntilEverythingBeforeIsSettledAndTheSinkFlushed(boolean remote) {
		LaneFixture fixture = LaneFixture.running(100, 50, remote);
		fixture.offer("a", "b", "c");
		assertThat(fixture.lane.flush(LONG)).isTrue();
		assertThat(fixture.sink.names()).containsExactly("a", "b", "c");
		assertThat(fixture.sink.flushes).hasValue(1);
		fixture.lane.close(LONG);
	}

	@Test
	void flushWhenSinkHangsReturnsFalseInTime() throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(100, 1, true);
		CountDownLatch release = new CountDownLatch(1);
		fixture.sink.action = (events) -> await(release);
		fixture.offer("a");
		assertThat(fixture.lane.flush(Duration.ofMillis(10))).isFalse();
		release.countDown();
		assertThat(fixture.lane.flush(LONG)).isTrue();
		fixture.lane.close(LONG);
	}

	@Test
	void hangingReceiverDoesNotStopDraining() throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(64, 2, true);
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		fixture.sink.action = (events) -> {
			hanging.countDown();
			await(release);
		};
		fixture.offer("a", "b");
		Patience.await("the sink hangs", hanging);
		for (int i = 0; i < 100; i++) {
			fixture.offer("c");
		}
		DeliveryStatus status = fixture.lane.status();
		// An event on its way out of the queue counts twice for a moment: one less may
		// fit. The caller may have read the bound just before: one more may
		assertThat(status.pending()).isBetween(63L, 65L);
		assertThat(status.dropped().get("buffer_full") + status.pending()).isEqualTo(102);
		release.countDown();
		assertThat(fixture.lane.flush(LONG)).isTrue();
		assertThat(fixture.lane.status().pending()).isZero();
		fixture.lane.close(LONG);
	}

	@Test
	void hangingReceiverDoesNotStopTheLooks() throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(64, 1, true);
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		fixture.sink.action = (events) -> {
			hanging.countDown();
			await(release);
		};
		fixture.offer("a");
		assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
		int before = fixture.pass.checks.get();
		Patience.until("looks while nothing comes and nothing moves", () -> fixture.pass.checks.get() >= before + 3);
		release.countDown();
		assertThat(fixture.lane.flush(LONG)).isTrue();
		fixture.lane.close(LONG);
	}

	@Test
	void strayInterruptIsAWakeUpNotTheEnd() {
		LaneFixture fixture = LaneFixture.running(100, 50, true);
		for (int i = 0; i < 20; i++) {
			fixture.threads.forEach(Thread::interrupt);
			fixture.offer("a");
			assertThat(fixture.lane.flush(LONG)).isTrue();
		}
		assertThat(fixture.sink.names()).hasSize(20);
		assertThat(fixture.threads).allMatch(Thread::isAlive);
		fixture.lane.close(LONG);
	}

	@Test
	void errorOfASinkDoesNotEndTheThread() {
		LaneFixture fixture = LaneFixture.running(100, 1, true);
		AtomicInteger failures = new AtomicInteger(1);
		fixture.sink.action = (events) -> {
			if (failures.getAndDecrement() > 0) {
				throw new NoClassDefFoundError("missing");
			}
		};
		fixture.offer("a");
		assertThat(fixture.lane.flush(LONG)).isTrue();
		assertThat(fixture.sink.names()).containsExactly("a");
		fixture.lane.close(LONG);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void closeDeliversAndEndsTheThreads(boolean remote) throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(100, 50, remote);
		fixture.offer("a", "b");
		fixture.lane.close(LONG);
		fixture.joinThreads();
		assertThat(fixture.sink.names()).containsExactly("a", "b");
		assertThat(fixture.sink.closes).hasValue(1);
		assertThat(fixture.threads).noneMatch(Thread::isAlive);
	}

	@Test
	void closeWhenSinkHangsAbortsInterruptsAndCountsShutdown() throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(100, 1, true);
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		fixture.sink.action = (events) -> {
			hanging.countDown();
			try {
				Patience.hang();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw new IllegalStateException(ex);
			}
		};
		fixture.offer("a", "b");
		Patience.await("the sink hangs", hanging);
		fixture.lane.close(Duration.ofMillis(20));
		DeliveryStatus status = fixture.lane.status();
		assertThat(status.dropped()).isEqualTo(Map.of("shutdown", 2L));
		assertThat(status.pending()).isZero();
		assertThat(fixture.sink.aborts).hasValue(1);
		assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
		fixture.joinThreads();
		assertThat(fixture.lane.status().delivered()).isZero();
		assertThat(fixture.threads).noneMatch(Thread::isAlive);
	}

	@Test
	void abortWhenSendingTellsTheSink() throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(100, 1, true);
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		fixture.sink.action = (events) -> {
			hanging.countDown();
			await(release);
		};
		fixture.offer("a");
		Patience.await("the sink hangs", hanging);
		assertThat(fixture.lane.abort()).isEqualTo(1);
		assertThat(fixture.sink.aborts).hasValue(1);
		release.countDown();
		fixture.lane.close(LONG);
	}

	@Test
	void flushOnADeliveryThreadReturnsAtOnce() throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(100, 1, true);
		AtomicInteger answers = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(1);
		fixture.sink.action = (events) -> {
			answers.set(fixture.lane.flush(LONG) ? 1 : 2);
			done.countDown();
		};
		fixture.offer("a");
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(answers).hasValue(2);
		fixture.lane.close(LONG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "close", "withdraw", "discard" })
	void lawHoldsWhileManyOfferAndTheLaneEnds(String end) throws InterruptedException {
		LaneFixture fixture = LaneFixture.running(1000, 64, true);
		AtomicInteger taken = new AtomicInteger();
		CountDownLatch first = new CountDownLatch(1);
		fixture.sink.action = (events) -> {
			taken.addAndGet(events.size());
			first.countDown();
		};
		AtomicInteger refused = new AtomicInteger();
		CountDownLatch half = new CountDownLatch(PRODUCERS * EVENTS_EACH / 2);
		List<Thread> producers = startProducers(fixture, half, refused);
		assertThat(half.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
		switch (end) {
			case "close" -> fixture.lane.close(LONG);
			case "withdraw" -> {
				fixture.pass.open = false;
				fixture.lane.discard();
				fixture.lane.close(Duration.ZERO);
			}
			default -> fixture.lane.discard();
		}
		Patience.until("the producers end", () -> {
			assertLaw(fixture.lane.status());
			return producers.stream().noneMatch(Thread::isAlive);
		});
		fixture.lane.flush(end.equals("discard") ? LONG : Duration.ZERO);
		fixture.lane.close(LONG);
		fixture.joinThreads();
		DeliveryStatus status = fixture.lane.status();
		assertThat(status.accepted()).isEqualTo(PRODUCERS * EVENTS_EACH);
		assertThat(status.pending()).isZero();
		if (!end.equals("withdraw")) {
			assertThat(status.delivered()).isEqualTo(taken.get());
		}
		assertThat(taken.get()).isPositive();
		assertThat(dropped(status) + status.delivered()).isEqualTo(PRODUCERS * EVENTS_EACH);
		assertThat(dropped(status)).isGreaterThanOrEqualTo(refused.get());
	}

	private static List<Thread> startProducers(LaneFixture fixture, CountDownLatch half, AtomicInteger refused) {
		List<Thread> producers = new ArrayList<>();
		for (int i = 0; i < PRODUCERS; i++) {
			Thread producer = new Thread(() -> {
				for (int n = 0; n < EVENTS_EACH; n++) {
					if (!fixture.lane.offer(LaneFixture.event("a"))) {
						refused.incrementAndGet();
					}
					half.countDown();
				}
			});
			producers.add(producer);
			producer.start();
		}
		return producers;
	}

	private static void assertLaw(DeliveryStatus status) {
		assertThat(status.pending()).isBetween(0L, 1000L + PRODUCERS + 1);
		assertThat(status.accepted()).isEqualTo(status.delivered() + status.pending() + dropped(status));
	}

	private static long dropped(DeliveryStatus status) {
		return status.dropped().values().stream().mapToLong(Long::longValue).sum();
	}

	private static void await(CountDownLatch latch) {
		try {
			Patience.await("the end of the test", latch);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
