package dev.telemetry.sdk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Observes how long this machine stands still, as one does whose processors do something
 * else: a thread asks to be woken all the time, and measures how much later it is.
 */
final class Stalls implements AutoCloseable {

	private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

	private final Thread thread = new Thread(this::observe, "stalls");

	private volatile long longest;

	private volatile boolean closed;

	Stalls() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void observe() {
		for (long asleep = System.nanoTime(); !this.closed;) {
			LockSupport.parkNanos(PAUSE_NANOS);
			long awake = System.nanoTime();
			this.longest = Math.max(this.longest, awake - asleep - PAUSE_NANOS);
			asleep = awake;
		}
	}

	/** The longest time so far. */
	Duration longest() {
		return Duration.ofNanos(this.longest);
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
