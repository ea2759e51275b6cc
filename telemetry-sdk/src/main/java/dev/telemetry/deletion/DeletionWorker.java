package dev.telemetry.deletion;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sender on a thread of its own, which exists only while something is left to
 * try and nothing forbids it. Safe for use by several threads.
 * <p>
 * Each call to {@link #wake} draws a number; a pass serves every number drawn before it
 * began. The sender itself runs outside the lock.
 */
final class DeletionWorker {

	private static final Duration TO_END = Duration.ofSeconds(1);

	private final DeletionSender sender;

	private final ThreadFactory threads;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	@GuardedBy("lock")
	private @Nullable Thread thread;

	@GuardedBy("lock")
	private boolean stopping;

	@GuardedBy("lock")
	private long drawn;

	@GuardedBy("lock")
	private long served;

	DeletionWorker(DeletionSender sender, ThreadFactory threads) {
		this.sender = sender;
		this.threads = threads;
	}

	/**
	 * Begin a pass soon, unless something forbids to send.
	 * @return {@code false} if the system provides no thread: what waits remains stored
	 */
	boolean wake() {
		if (this.sender.held() != null) {
			return true;
		}
		this.lock.lock();
		try {
			this.stopping = false;
			this.drawn++;
			boolean running = this.thread != null || begin();
			this.changed.signalAll();
			return running;
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private boolean begin() {
		try {
			Thread made = this.threads.newThread(this::run);
			made.setName("telemetry-deletion");
			made.setDaemon(true);
			this.thread = made;
			made.start();
			return true;
		}
		catch (OutOfMemoryError ex) {
			this.thread = null;
			return false;
		}
	}

	/**
	 * Wait until a pass has served every call to {@link #wake} so far, or there is none.
	 * @param patience the longest to wait
	 */
	void await(Duration patience) {
		this.lock.lock();
		try {
			long number = this.drawn;
			long left = patience.toNanos();
			while (this.thread != null && this.served < number && left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the thread and wait a little for that, so that nothing is written any more. An
	 * attempt under way may end first: a request that was answered and not noted would be
	 * sent again. What waits is tried after the next start.
	 */
	void stop() {
		this.lock.lock();
		try {
			this.stopping = true;
			this.changed.signalAll();
			awaitEnd();
			if (this.thread != null && this.stopping) {
				this.thread.interrupt();
				awaitEnd();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private void awaitEnd() throws InterruptedException {
		long left = TO_END.toNanos();
		while (this.thread != null && this.stopping && left > 0) {
			left = this.changed.awaitNanos(left);
		}
	}

	private void run() {
		try {
			boolean goesOn = true;
			while (goesOn) {
				long number = number();
				goesOn = goesOn(number, this.sender.runOnce());
			}
		}
		finally {
			ended();
		}
	}

	/** Also after an error: the next call to {@link #wake} begins anew. */
	private void ended() {
		this.lock.lock();
		try {
			if (this.thread == Thread.currentThread()) {
				this.thread = null;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private long number() {
		this.lock.lock();
		try {
			return this.drawn;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean goesOn(long number, long wait) {
		this.lock.lock();
		try {
			this.served = number;
			this.changed.signalAll();
			long left = wait;
			while (this.drawn == number && !this.stopping && left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			// Told to stop, or in error: then the sender says what is due
		}
		finally {
			this.lock.unlock();
		}
		return !isOver(wait);
	}

	private boolean isOver(long wait) {
		this.lock.lock();
		try {
			boolean over = this.stopping || (wait == DeletionSender.NEVER && this.drawn == this.served);
			if (over) {
				this.sender.release();
				this.thread = null;
				this.changed.signalAll();
			}
			return over;
		}
		finally {
			this.lock.unlock();
		}
	}

}
