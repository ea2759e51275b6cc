package dev.telemetry.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * When the next request may go out: at once, after a backoff, or, while the destination
 * is held because a cause has to be fixed first, as a question at intervals. Used by the
 * sending thread alone.
 */
final class SendSchedule {

	/** From half a minute to five minutes between questions. */
	private static final RetrySettings QUESTIONS = new RetrySettings(Duration.ofSeconds(30), Duration.ofMinutes(5), 2,
			0.2);

	/**
	 * How many refusals in a row may be the fault of an event: enough to find one among
	 * 512. More are the fault of the destination, or of its configuration.
	 */
	private static final int MAX_REFUSALS = 20;

	private final Backoff retries;

	private final Backoff questions;

	private final LongSupplier nanoTime;

	private boolean held;

	private int refusals;

	SendSchedule(RetrySettings retry, RandomGenerator random, LongSupplier nanoTime) {
		this.retries = new Backoff(retry, random);
		this.questions = new Backoff(QUESTIONS, random);
		this.nanoTime = nanoTime;
	}

	/** The destination has accepted events. */
	void taken() {
		this.held = false;
		this.refusals = 0;
		this.retries.succeeded();
		this.questions.succeeded();
	}

	/** Waiting may help. */
	void retry(@Nullable Duration retryAfter) {
		this.retries.failed(this.nanoTime.getAsLong(), retryAfter);
	}

	/** Only a fix helps. */
	void hold() {
		this.held = true;
		this.retries.succeeded();
		this.questions.failed(this.nanoTime.getAsLong(), null);
	}

	/** The destination answers again; it is not yet known whether it accepts events. */
	void answered() {
		this.held = false;
	}

	/**
	 * The destination has refused events for good.
	 * @return whether it has done nothing else for so long that it has to be held
	 */
	boolean refused() {
		this.retries.succeeded();
		return ++this.refusals >= MAX_REFUSALS;
	}

	boolean isHeld() {
		return this.held;
	}

	/** Return the remaining wait; a hurry skips our own wait, not a destination's. */
	long remaining(boolean hurry) {
		return (this.held ? this.questions : this.retries).remaining(this.nanoTime.getAsLong(), hurry);
	}

}
