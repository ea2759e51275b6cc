package dev.telemetry.delivery;

import java.util.concurrent.TimeUnit;

/**
 * What the collecting thread of a remote lane does besides: while the other thread sends,
 * which may hang for long, it looks whether that may go on. A session that has ended is
 * then closed, and its connections with it.
 */
final class SendWatch implements DeliveryWorker.Step {

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private final DeliveryWorker.Step collecting;

	private final BatchSender sender;

	private final SessionPass pass;

	SendWatch(DeliveryWorker.Step collecting, BatchSender sender, SessionPass pass) {
		this.collecting = collecting;
		this.sender = sender;
		this.pass = pass;
	}

	@Override
	public long run() {
		long wait = this.collecting.run();
		if (!this.sender.isInFlight()) {
			return wait;
		}
		this.pass.check();
		return Math.min(wait, INTERVAL);
	}

	@Override
	public boolean ready() {
		return this.collecting.ready();
	}

}
