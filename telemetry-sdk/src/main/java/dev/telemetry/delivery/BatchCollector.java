package dev.telemetry.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Makes batches of what is in the buffer: full ones at once, and every batch timeout
 * whatever is there, so that no event waits longer than that.
 */
final class BatchCollector {

	/*
	 * The worker's thread runs this; others set "flushWanted" and then wake it.
	 */

	private final Backlog backlog;

	private final long batchTimeout;

	private final Spiller spiller;

	private final DeliveryReport report;

	private final LongSupplier nanoTime;

	private long lastTime;

	private volatile long flushWanted;

	BatchCollector(Backlog backlog, Duration batchTimeout, Spiller spiller, DeliveryReport report,
			LongSupplier nanoTime) {
		this.backlog = backlog;
		this.batchTimeout = batchTimeout.toNanos();
		this.spiller = spiller;
		this.report = report;
		this.nanoTime = nanoTime;
		this.lastTime = nanoTime.getAsLong();
	}

	/** Do not wait for a batch to fill that holds events before a position. */
	void flush(long position) {
		this.flushWanted = position;
	}

	/** Make batches and look after the spill. */
	void run() {
		run(() -> {
		});
	}

	private void run(Runnable kept) {
		if (this.spiller.maintain(this.backlog.files())) {
			kept.run();
		}
		long now = this.nanoTime.getAsLong();
		boolean due = now - this.lastTime >= this.batchTimeout;
		if (due) {
			this.lastTime = now;
		}
		this.backlog.collect(due || this.backlog.taken() < this.flushWanted, kept);
		this.report.lost();
	}

	private long untilDue() {
		long batch = this.lastTime + this.batchTimeout - this.nanoTime.getAsLong();
		return Math.min(batch, this.spiller.untilDue());
	}

	/** Return a step that makes batches for another thread to send. */
	DeliveryWorker.Step then(Runnable wakeSender) {
		return new Collecting() {

			@Override
			public long run() {
				BatchCollector.this.run(wakeSender);
				return untilDue();
			}

		};
	}

	/** Return a step that makes batches and sends them. */
	DeliveryWorker.Step then(BatchSender sender) {
		return new Collecting() {

			@Override
			public long run() {
				BatchCollector.this.run();
				return Math.min(sender.run(), untilDue());
			}

		};
	}

	private abstract class Collecting implements DeliveryWorker.Step {

		@Override
		public boolean ready() {
			return BatchCollector.this.backlog.hasFullBatch();
		}

	}

}
