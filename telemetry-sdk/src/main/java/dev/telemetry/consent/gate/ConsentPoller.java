package dev.telemetry.consent.gate;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.Internal;
import dev.telemetry.consent.store.ConsentStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks twice a second for decisions of other replicas, so that a grant or a denial of
 * one replica applies to all within a second. It has a thread of its own from its start
 * on. May be started and stopped again and again.
 */
@Internal
public final class ConsentPoller {

	private static final Log logger = LogFactory.getLog(ConsentPoller.class);

	private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

	private final ConsentStore store;

	private final ConsentGate gate;

	private final ThreadFactory threads;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition stopped = this.lock.newCondition();

	@GuardedBy("lock")
	private @Nullable Thread thread;

	@GuardedBy("lock")
	private boolean over;

	/** Whether it has been started, though there may be no thread for it. */
	@GuardedBy("lock")
	private boolean wanted;

	/**
	 * Create a poller that does nothing yet.
	 * @param store what is looked at
	 * @param gate the gate that follows from it
	 * @param threads makes the thread
	 */
	public ConsentPoller(ConsentStore store, ConsentGate gate, ThreadFactory threads) {
		this.store = store;
		this.gate = gate;
		this.threads = threads;
	}

	/**
	 * Ask the store for the first time, which may take longer than later: no caller waits
	 * for the gate meanwhile. Never throws.
	 */
	public void prepare() {
		try {
			this.store.read();
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: it cannot be told what others have decided: " + ex.getClass().getName());
		}
	}

	/**
	 * Begin, unless it has begun.
	 * @return {@code false} if the system provides no thread; {@link #retry()} tries
	 * again
	 */
	public boolean start() {
		this.lock.lock();
		try {
			this.over = false;
			this.wanted = true;
			return begin();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Begin if that failed before. Does not wait, so that it may be called under the
	 * gate's lock, which the thread takes.
	 * @return {@code false} if the system still provides no thread
	 */
	public boolean retry() {
		if (!this.lock.tryLock()) {
			return true;
		}
		try {
			return !this.wanted || begin();
		}
		finally {
			this.lock.unlock();
		}
	}

	@GuardedBy("lock")
	private boolean begin() {
		if (this.thread != null) {
			return true;
		}
		try {
			Thread made = this.threads.newThread(this::run);
			made.setName("telemetry-consent");
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

	/** End. When this returns, the gate is not touched any more. */
	public void stop() {
		this.lock.lock();
		try {
			this.over = true;
			this.wanted = false;
			this.thread = null;
			this.stopped.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Look once. Never throws. */
	public void runOnce() {
		try {
			// First without any lock: a store that hangs must not delay a denial
			this.store.read();
			refresh();
		}
		catch (RuntimeException ex) {
			logger.warn("Telemetry: it cannot be told what others have decided: " + ex.getClass().getName());
		}
	}

	private void refresh() {
		this.lock.lock();
		try {
			if (!this.over) {
				this.gate.follow();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run() {
		while (goesOn()) {
			runOnce();
		}
	}

	private boolean goesOn() {
		this.lock.lock();
		try {
			long left = INTERVAL_NANOS;
			while (isCurrent() && left > 0) {
				left = this.stopped.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			// Told to stop, or by error: the thread that is needed continues
		}
		finally {
			this.lock.unlock();
		}
		return isCurrent();
	}

	private boolean isCurrent() {
		this.lock.lock();
		try {
			return this.thread == Thread.currentThread();
		}
		finally {
			this.lock.unlock();
		}
	}

}
