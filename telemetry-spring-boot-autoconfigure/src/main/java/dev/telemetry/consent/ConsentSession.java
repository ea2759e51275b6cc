package dev.telemetry.consent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The time from the opening of the gate to its closing: one grant, one epoch, one random
 * id. What belongs to a closed session is never revived.
 * <p>
 * One integer holds the whole state: its lowest bit says closed, the rest counts who is
 * inside. Entering is a compare-and-set that fails once the bit is set, so after
 * {@link #shut()} the count only falls; when it has fallen to nothing, nothing is inside
 * and nothing ever will be. One thread at a time waits for that, under the gate's command
 * lock; who leaves last wakes it.
 */
public final class ConsentSession {

	private static final int CLOSED = 1;

	private static final int ENTRY = 2;

	private final AtomicInteger state = new AtomicInteger();

	private final String id;

	private final String grantId;

	private final ConsentScope scope;

	private final String channel;

	private volatile @Nullable Thread waiting;

	ConsentSession(String id, String grantId, ConsentScope scope, String channel) {
		this.id = id;
		this.grantId = grantId;
		this.scope = scope;
		this.channel = channel;
	}

	/**
	 * Return the random identifier of this session.
	 * @return 32 hex digits
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return which grant this session rests on.
	 * @return the id of the recorded grant, or for a yes in configuration a hash of it
	 */
	public String grantId() {
		return this.grantId;
	}

	public ConsentScope scope() {
		return this.scope;
	}

	/**
	 * Return how the yes was said.
	 * @return {@code env}, {@code config}, {@code file}, {@code actuator} or
	 * {@code command}
	 */
	public String channel() {
		return this.channel;
	}

	/**
	 * Enter the session in order to append or send. Whoever entered must call
	 * {@link #exit()}.
	 * @return {@code false} if the session is closed; then nothing may be written or sent
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
	 * Leave the session.
	 */
	public void exit() {
		if (this.state.addAndGet(-ENTRY) == CLOSED) {
			LockSupport.unpark(this.waiting);
		}
	}

	boolean isShut() {
		return (this.state.get() & CLOSED) != 0;
	}

	/** Let nothing in any more. */
	void shut() {
		this.state.accumulateAndGet(CLOSED, (current, bit) -> current | bit);
	}

	/**
	 * Wait until nothing is inside. Interrupts are kept for the caller and do not end the
	 * wait: a no must not be answered while something is inside.
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
