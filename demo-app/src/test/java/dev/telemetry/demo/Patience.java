package dev.telemetry.demo;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The waits of tests. Each has a limit, and says what it waited for when that is over.
 */
final class Patience {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private static final long PAUSE_NANOS = 200_000;

	private Patience() {
	}

	/** Wait until something is true. */
	static void until(String what, Callable<Boolean> condition) {
		long begun = System.nanoTime();
		while (!isTrue(condition)) {
			if (System.nanoTime() - begun > LIMIT.toNanos() || Thread.currentThread().isInterrupted()) {
				throw overdue(what);
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private static boolean isTrue(Callable<Boolean> condition) {
		try {
			return condition.call();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Wait until a process has ended; one that does not is killed. */
	static int exit(String what, Process process) throws InterruptedException {
		if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw overdue("the end of " + what);
		}
		return process.exitValue();
	}

	private static AssertionError overdue(String what) {
		return new AssertionError("waited in vain for " + what);
	}

}
