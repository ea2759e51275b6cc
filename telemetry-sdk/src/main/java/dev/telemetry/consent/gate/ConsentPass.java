package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The right to write or send during a consent session, or the part of it that is about
 * other machines. A caller enters before it writes or sends and exits afterwards; once
 * the pass was shut, no caller can enter any more.
 * <p>
 * The whole state is one integer: an entry count and a closed bit. Entering is a
 * compare-and-set that fails once the bit is set, so there is no moment between the check
 * and the act.
 */
public final class ConsentPass {

	private static final int CLOSED = 1;

	private static final int ENTRY = 2;

	private final AtomicInteger state = new AtomicInteger();

	private volatile @Nullable Thread waiting;

	ConsentPass() {
	}

	/**
	 * Enter in order to append or send. A caller that has entered must call
	 * {@link #exit()}.
	 * @return {@code false} if the pass was shut; then nothing may be written or sent
	 */
	public boolean enter() {
		int current = this.state.get();
		while ((current & CLOSED) == 0) {
			if (this.state.compareAndSet(current, current + ENTRY)) {
				return true;
			}
			current = this.state.get();
		}
		return false;
	}

	/**
	 * Leave.
	 */
	public void exit() {
		if (this.state.addAndGet(-ENTRY) == CLOSED) {
			LockSupport.unpark(this.waiting);
		}
	}

	/**
	 * Return whether no caller can enter any more. Callers that are inside must finish.
	 * @return whether the pass was shut
	 */
	public boolean isShut() {
		return (this.state.get() & CLOSED) != 0;
	}

	/** Let nothing in any more. */
	void shut() {
		this.state.accumulateAndGet(CLOSED, (current, bit) -> current | bit);
	}

	/**
	 * Wait until nothing is inside. Interrupts are restored for the caller and do not end
	 * the wait: a denial must not be answered while something is inside.
	 * @param timeout the longest to wait
	 * @return whether nothing is inside
	 */
	boolean awaitEmpty(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		boolean interrupted = false;
		this.waiting = Thread.currentThread();
		try {
			long left = timeout.toNanos();
			while (this.state.get() != CLOSED && left > 0) {
				LockSupport.parkNanos(this, left);
				interrupted |= Thread.interrupted();
				left = deadline - System.nanoTime();
			}
			return this.state.get() == CLOSED;
		}
		finally {
			this.waiting = null;
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
