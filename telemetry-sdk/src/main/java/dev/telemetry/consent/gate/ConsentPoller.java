package dev.telemetry.consent;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks twice a second at what others have decided, so that a yes and a no of one replica
 * are those of all within a second. It has a thread of its own from its start on. May be
 * started and stopped again and again.
 */
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

	/** Begin, unless it has begun. */
	public void start() {
		this.lock.lock();
		try {
			this.over = false;
			if (this.thread == null) {
				Thread started = this.threads.newThread(this::run);
				started.setName("telemetry-consent");
				started.setDaemon(true);
				this.thread = started;
				started.start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** End. When this returns, the gate is not touched any more. */
	public void stop() {
		this.lock.lock();
		try {
			this.over = true;
			this.thread = null;
			this.stopped.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Look once. Never throws. */
	void runOnce() {
		try {
			// First without any lock: a store that hangs must not keep a no waiting
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
				this.gate.refresh();
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
			// Told to stop, or by mistake: the thread that is wanted goes on
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
