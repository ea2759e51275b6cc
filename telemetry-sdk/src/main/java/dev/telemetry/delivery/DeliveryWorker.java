package dev.telemetry.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A thread's loop: does a step, parks until the next one is due.
 */
final class DeliveryWorker implements Runnable {

	/*
	 * Signalling. The worker announces that it parks ("parked"), then asks once more
	 * whether there is work, then parks. A caller first puts its event into the buffer,
	 * then reads "parked". Both orders are sequentially consistent, so either the worker
	 * sees the full batch or the caller sees the announcement: no full batch is slept
	 * through. An event that does not fill a batch does not wake the worker; it wakes by
	 * time. A caller that sees an announcement just revoked unparks for nothing: one
	 * empty step.
	 *
	 * A stray interrupt is a wake-up: the flag is cleared before every step, because an
	 * interrupted thread would close files and sockets. Only stop() ends the loop.
	 */

	private static final Log logger = LogFactory.getLog(DeliveryWorker.class);

	/** After a step that threw: long enough not to spin, short enough to recover. */
	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

	private final Step step;

	private final Runnable atEnd;

	private volatile boolean parked;

	private volatile boolean stopped;

	private volatile @Nullable Thread thread;

	DeliveryWorker(Step step, Runnable atEnd) {
		this.step = step;
		this.atEnd = atEnd;
	}

	static boolean isInside() {
		return INSIDE.get();
	}

	/** Run work as if on a worker's thread, so that what it records is recognised. */
	static <T> T inside(Supplier<T> work) {
		boolean before = INSIDE.get();
		INSIDE.set(true);
		try {
			return work.get();
		}
		finally {
			INSIDE.set(before);
		}
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		while (!this.stopped) {
			park(runStep());
		}
		inside(() -> {
			this.atEnd.run();
			return true;
		});
	}

	private long runStep() {
		Thread.interrupted();
		try {
			return inside(this.step::run);
		}
		catch (Throwable ex) {
			// Even an Error must not end delivery for good; the step itself reports
			// what a sink throws, so what arrives here is the JVM in distress.
			logger.debug("Telemetry worker goes on after " + ex.getClass().getName());
			return PAUSE;
		}
	}

	private void park(long nanos) {
		if (nanos <= 0) {
			return;
		}
		this.parked = true;
		if (!this.stopped && !this.step.ready()) {
			LockSupport.parkNanos(this, nanos);
		}
		this.parked = false;
	}

	/** Wake the worker if it is parked: cheap enough for a caller's thread. */
	void signal() {
		if (this.parked) {
			// Callers that come until the worker really runs need not wake it once more
			this.parked = false;
			wake();
		}
	}

	void wake() {
		LockSupport.unpark(this.thread);
	}

	void stop() {
		this.stopped = true;
		wake();
	}

	/** What a worker does again and again. */
	interface Step {

		/** Do what is due and return the nanoseconds until something else will be. */
		long run();

		/** Return whether something is due that {@link #run()} did not foresee. */
		boolean ready();

	}

}
