package dev.telemetry.sdk;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The waits of tests. Each has a limit, and says what it waited for when that is over.
 * {@link TestHabitsTests} finds those that have none.
 */
public final class Patience {

	/**
	 * Longer than anything that is waited for takes, on a busy machine with a slow disk.
	 */
	public static final Duration LIMIT = Duration.ofMinutes(3);

	private static final long PAUSE_NANOS = 200_000;

	private Patience() {
	}

	/**
	 * Wait until something is true.
	 * @param what what is waited for, such as "the event is delivered"
	 * @param condition asked again and again, on the thread that waits
	 */
	public static void until(String what, Callable<Boolean> condition) {
		until(what, LIMIT, condition);
	}

	/**
	 * Wait until something is true that takes long.
	 * @param what what is waited for
	 * @param limit how long
	 * @param condition asked again and again, on the thread that waits
	 */
	public static void until(String what, Duration limit, Callable<Boolean> condition) {
		long begun = System.nanoTime();
		while (!isTrue(condition)) {
			if (System.nanoTime() - begun > limit.toNanos() || Thread.currentThread().isInterrupted()) {
				throw overdue(what, limit);
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private static boolean isTrue(Callable<Boolean> condition) {
		try {
			return condition.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait for a latch.
	 * @param what what it stands for
	 * @param latch the latch
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void await(String what, CountDownLatch latch) throws InterruptedException {
		if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			throw overdue(what);
		}
	}

	/**
	 * Wait for the other threads, so that all go on together.
	 * @param what what they are about to do
	 * @param barrier where they meet
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void meet(String what, CyclicBarrier barrier) throws InterruptedException {
		try {
			barrier.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (BrokenBarrierException | TimeoutException ex) {
			throw overdue(what);
		}
	}

	/**
	 * Hang as something does that never answers, until somebody interrupts.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void hang() throws InterruptedException {
		await("an interrupt", new CountDownLatch(1));
	}

	/**
	 * Wait until a thread has ended.
	 * @param thread the thread
	 * @throws InterruptedException if the thread that waits is interrupted
	 */
	public static void end(Thread thread) throws InterruptedException {
		thread.join(LIMIT.toMillis());
		if (thread.isAlive()) {
			throw overdue("the end of thread " + thread.getName());
		}
	}

	/**
	 * Wait for a result.
	 * @param <T> the type of the result
	 * @param what what it is the result of
	 * @param future gives the result
	 * @return the result
	 * @throws InterruptedException if the thread is interrupted
	 * @throws ExecutionException if there is none
	 */
	public static <T> T result(String what, Future<T> future) throws InterruptedException, ExecutionException {
		try {
			return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw overdue(what);
		}
	}

	/**
	 * Wait until a process has ended; one that does not is killed.
	 * @param what what it does
	 * @param process the process
	 * @return its exit code
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static int exit(String what, Process process) throws InterruptedException {
		if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			process.toHandle().destroyForcibly();
			throw overdue("the end of " + what);
		}
		return process.exitValue();
	}

	static AssertionError overdue(String what) {
		return overdue(what, LIMIT);
	}

	private static AssertionError overdue(String what, Duration limit) {
		String how = Thread.currentThread().isInterrupted() ? "was interrupted while waiting for "
				: "waited " + limit.toSeconds() + " s in vain for ";
		return new AssertionError(how + what);
	}

}
