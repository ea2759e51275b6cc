package dev.telemetry.delivery;

import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * How far a lane is, for those that wait for it. Batches are made and settled in the
 * order of their positions, so one number says what is settled.
 */
final class BacklogProgress {

	private final Object lock;

	@GuardedBy("lock")
	private final Intake intake;

	@GuardedBy("lock")
	private final WaitingBatches waiting;

	@GuardedBy("lock")
	private final SendingBatch sending;

	@GuardedBy("lock")
	private long flushed;

	@GuardedBy("lock")
	private boolean abandoned;

	BacklogProgress(Object lock, Intake intake, WaitingBatches waiting, SendingBatch sending) {
		this.lock = lock;
		this.intake = intake;
		this.waiting = waiting;
		this.sending = sending;
	}

	/** The sink was flushed after everything before a position was settled. */
	void flushed(long position) {
		synchronized (this.lock) {
			this.flushed = position;
			this.lock.notifyAll();
		}
	}

	boolean isFlushed(long position) {
		synchronized (this.lock) {
			return this.flushed >= position;
		}
	}

	/** Nothing more will be delivered: waiting callers return. */
	void abandon() {
		synchronized (this.lock) {
			this.abandoned = true;
			this.lock.notifyAll();
		}
	}

	/** Return whether everything before a position is settled and the sink flushed. */
	boolean isDone(long position) {
		synchronized (this.lock) {
			long settled = this.sending.firstPosition(this.waiting.firstPosition(this.intake.firstPosition()));
			return settled >= position && this.flushed >= position;
		}
	}

	/** Wait until everything before a position is done, and return whether it is. */
	boolean await(long position, long deadline, LongSupplier nanoTime) throws InterruptedException {
		synchronized (this.lock) {
			while (!isDone(position)) {
				long millis = millis(deadline, nanoTime);
				if (this.abandoned || millis <= 0) {
					return false;
				}
				this.lock.wait(millis);
			}
			return true;
		}
	}

	/** Wait until everything before a position has left the buffer for good. */
	void awaitCollected(long position, long deadline, LongSupplier nanoTime) throws InterruptedException {
		synchronized (this.lock) {
			long millis = millis(deadline, nanoTime);
			while (this.intake.firstPosition() < position && millis > 0) {
				this.lock.wait(millis);
				millis = millis(deadline, nanoTime);
			}
		}
	}

	private static long millis(long deadline, LongSupplier nanoTime) {
		return (deadline - nanoTime.getAsLong() + 999_999) / 1_000_000;
	}

}
