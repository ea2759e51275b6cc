package dev.telemetry.delivery;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Hands waiting batches to the sink, one after another, and decides what its answer
 * means.
 */
final class BatchSender implements DeliveryWorker.Step {

	/*
	 * One thread runs this. Others read "inFlight" and set "closing" and "flushWanted";
	 * after setting one they wake the thread, and a wake-up is never lost.
	 */

	/** How long to sleep when nothing waits; what comes wakes the thread. */
	private static final long IDLE = TimeUnit.HOURS.toNanos(1);

	/** How often a batch may fail in a way the sink did not foresee. */
	private static final int MAX_ATTEMPTS = 3;

	private final TelemetrySink sink;

	private final SessionPass pass;

	private final Backlog backlog;

	private final Backoff backoff;

	private final DeliveryReport report;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private volatile boolean inFlight;

	private volatile boolean closing;

	private volatile long flushWanted;

	private boolean gaveUp;

	BatchSender(TelemetrySink sink, SessionPass pass, Backlog backlog, Backoff backoff, DeliveryReport report,
			InstantSource clock, LongSupplier nanoTime) {
		this.sink = sink;
		this.pass = pass;
		this.backlog = backlog;
		this.backoff = backoff;
		this.report = report;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	boolean isInFlight() {
		return this.inFlight;
	}

	/** Waits of our own are over: try once more, then give up. */
	void closing() {
		this.closing = true;
	}

	/** Flush the sink when everything before a position is settled. */
	void flush(long position) {
		this.flushWanted = position;
	}

	@Override
	public long run() {
		while (!this.gaveUp) {
			long wait = this.backoff.remaining(this.nanoTime.getAsLong(), this.closing);
			if (wait > 0) {
				abandonIfClosing();
				return wait;
			}
			Batch batch = this.backlog.begin();
			if (batch == null) {
				flushSink();
				return IDLE;
			}
			if (!enter()) {
				// What lies on disk waits for another session
				return IDLE;
			}
			send(batch);
		}
		return IDLE;
	}

	@Override
	public boolean ready() {
		return false;
	}

	private boolean enter() {
		this.pass.check();
		if (this.pass.enter()) {
			this.inFlight = true;
			return true;
		}
		this.backlog.discard(LossReason.WITHDRAWN, true);
		return false;
	}

	private void exit() {
		this.inFlight = false;
		this.pass.exit();
	}

	private void send(Batch batch) {
		@Nullable Throwable failure = null;
		try {
			this.sink.emitAll(batch.events());
		}
		catch (Throwable ex) {
			// Also an Error: a sink that cannot be linked must not end delivery
			failure = ex;
		}
		finally {
			exit();
		}
		if (failure == null) {
			this.backoff.succeeded();
			this.backlog.settle(batch, null, 0, this.clock.instant());
		}
		else if (failure instanceof TelemetryException refusal) {
			answered(batch, refusal);
		}
		else {
			crashed(batch, failure);
		}
	}

	private void answered(Batch batch, TelemetryException refusal) {
		int settled = Math.min(refusal.settled(), batch.size());
		int rejected = Math.min(refusal.rejected(), settled);
		@Nullable Batch rest = (settled < batch.size()) ? batch.without(settled) : null;
		if (rest != null && !refusal.retryable()) {
			rejected += rest.size();
			rest = null;
		}
		settle(batch, rest, rejected, refusal);
	}

	private void crashed(Batch batch, Throwable failure) {
		boolean again = batch.attempts() + 1 < MAX_ATTEMPTS;
		settle(batch, again ? batch.failedAgain() : null, again ? 0 : batch.size(), failure);
	}

	private void settle(Batch batch, @Nullable Batch rest, int rejected, Throwable failure) {
		if (rest != null) {
			this.backoff.failed(this.nanoTime.getAsLong(),
					(failure instanceof TelemetryException refusal) ? refusal.retryAfter() : null);
		}
		else {
			this.backoff.succeeded();
		}
		this.backlog.settle(batch, rest, rejected, this.clock.instant());
		this.report.failed(failure, (rest != null) ? rest.size() : 0, rejected, this.closing);
		if (rest != null) {
			abandonIfClosing();
		}
	}

	private void abandonIfClosing() {
		if (this.closing) {
			this.gaveUp = true;
			this.backlog.abandon();
		}
	}

	private void flushSink() {
		long wanted = this.flushWanted;
		if (!this.backlog.isFlushed(wanted) && enter()) {
			try {
				this.sink.flush();
			}
			catch (Throwable ex) {
				// As for a batch: whatever a sink throws is survived
				this.report.failed(ex, 0, 0, this.closing);
			}
			finally {
				exit();
			}
		}
		this.backlog.flushed(wanted);
	}

}
