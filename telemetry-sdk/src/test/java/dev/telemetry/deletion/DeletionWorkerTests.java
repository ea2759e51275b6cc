package dev.telemetry.deletion;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.telemetry.sdk.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DeletionWorker}. */
class DeletionWorkerTests {

	private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

	private final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());

	private final Receiver receiver = new Receiver();

	private DeletionFixture fixture;

	private DeletionWorker worker;

	@TempDir
	private Path directory;

	private DeletionWorker worker(String... ids) throws IOException {
		this.fixture = new DeletionFixture(this.directory, this.receiver).store(ids);
		this.worker = new DeletionWorker(this.fixture.sender, (task) -> {
			Thread thread = new Thread(task);
			thread.setUncaughtExceptionHandler((broken, ex) -> this.uncaught.add(ex));
			this.threads.add(thread);
			return thread;
		});
		return this.worker;
	}

	@AfterEach
	void everyThreadEndsWithoutAnError() throws InterruptedException {
		this.receiver.answer.countDown();
		this.worker.stop();
		for (Thread thread : this.threads) {
			Patience.end(thread);
		}
		assertThat(this.uncaught).isEmpty();
	}

	@Test
	void wakeWhileTheThreadWaitsTriesAgainOnThatThread() throws Exception {
		this.receiver.answer.countDown();
		this.receiver.failures.set(1);
		DeletionWorker worker = worker("a1");
		assertThat(worker.wake()).isTrue();
		worker.await(Patience.LIMIT);
		assertThat(this.fixture.waiting()).containsExactly("a1");
		this.fixture.pass(Duration.ofMinutes(1));
		assertThat(worker.wake()).isTrue();
		worker.await(Patience.LIMIT);
		assertThat(this.fixture.waiting()).isEmpty();
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void threadLetsGoOfConnectionsAndEndsWhenNothingIsLeft() throws Exception {
		this.receiver.answer.countDown();
		DeletionWorker worker = worker("a1");
		worker.wake();
		Patience.end(this.threads.get(0));
		assertThat(this.receiver.released).hasValue(1);
		assertThat(this.fixture.waiting()).isEmpty();
		this.fixture.store("b2");
		worker.wake();
		Patience.end(this.threads.get(1));
		assertThat(this.fixture.waiting()).isEmpty();
	}

	@Test
	void wakeDuringAPassIsServedByTheSameThread() throws Exception {
		DeletionWorker worker = worker("a1");
		worker.wake();
		Patience.await("the first request", this.receiver.asked);
		this.fixture.store("b2");
		worker.wake();
		this.receiver.answer.countDown();
		worker.await(Patience.LIMIT);
		assertThat(this.fixture.waiting()).isEmpty();
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void wakeWhileSomethingForbidsStartsNothing() throws Exception {
		DeletionWorker worker = worker("a1");
		this.fixture.hold = "DO_NOT_TRACK is '1'";
		assertThat(worker.wake()).as("no thread is missing").isTrue();
		assertThat(this.threads).isEmpty();
	}

	@Test
	void stopInterruptsAnAttemptThatHangs() throws Exception {
		DeletionWorker worker = worker("a1");
		worker.wake();
		Patience.await("the request", this.receiver.asked);
		worker.stop();
		Patience.end(this.threads.get(0));
		assertThat(this.receiver.interrupted).isTrue();
		assertThat(this.fixture.waiting()).containsExactly("a1");
	}

	@Test
	void stopAndAwaitKeepAnInterruptOfTheirCaller() throws Exception {
		DeletionWorker worker = worker("a1");
		worker.wake();
		Patience.await("the request", this.receiver.asked);
		Thread.currentThread().interrupt();
		worker.await(Patience.LIMIT);
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		worker.stop();
		assertThat(Thread.interrupted()).isTrue();
		this.receiver.answer.countDown();
		Patience.end(this.threads.get(0));
		assertThat(this.receiver.interrupted).as("the attempt may end first").isFalse();
	}

	/** Answers when it is told to, and fails as often as it is told to. */
	private static final class Receiver implements DeletionRequestor {

		private final CountDownLatch asked = new CountDownLatch(1);

		private final CountDownLatch answer = new CountDownLatch(1);

		private final AtomicInteger failures = new AtomicInteger();

		private final AtomicBoolean interrupted = new AtomicBoolean();

		private final AtomicInteger released = new AtomicInteger();

		@Override
		public DeletionAnswer request(DeletionRequest request) {
			this.asked.countDown();
			try {
				Patience.await("the answer", this.answer);
			}
			catch (InterruptedException ex) {
				this.interrupted.set(true);
				return DeletionAnswer.later("interrupted", null);
			}
			return (this.failures.getAndDecrement() > 0) ? DeletionAnswer.later("down", null)
					: DeletionAnswer.acknowledged();
		}

		@Override
		public void release() {
			this.released.incrementAndGet();
		}

	}

}
