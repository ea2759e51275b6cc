package dev.telemetry.deletion;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.deletion.DeletionAnswer.Kind;
import dev.telemetry.delivery.Backoff;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.delivery.RetrySettings;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what waits in the outbox, the oldest first, and says when to try again. What
 * forbids sending is asked for before every single attempt. Used by one thread, but for
 * what is said to be read by any.
 */
final class DeletionSender {

	/** What {@link #runOnce()} answers when there is nothing left to try. */
	static final long NEVER = -1;

	/** A second to begin with, an hour at most, doubling. */
	private static final RetrySettings RETRY = new RetrySettings(Duration.ofSeconds(1), Duration.ofHours(1), 2, 0.2);

	/** How often resets can cause an attempt. */
	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private static final String PROBLEM = "telemetry.deletion";

	private final DeletionOutbox outbox;

	private final DeletionRequestor requestor;

	private final Supplier<@Nullable String> hold;

	private final Problems problems;

	private final DeliveryRuntime runtime;

	private final Backoff backoff;

	private final Object lock = new Object();

	/** Refused in this process: another attempt would be refused, too. */
	@GuardedBy("lock")
	private final Set<UUID> refused = new HashSet<>();

	@GuardedBy("lock")
	private boolean hurried;

	private boolean attempted;

	private long lastNanos;

	private volatile @Nullable Instant lastAttempt;

	private volatile @Nullable String lastError;

	DeletionSender(DeletionOutbox outbox, DeletionRequestor requestor, Supplier<@Nullable String> hold,
			Problems problems, DeliveryRuntime runtime) {
		this.outbox = outbox;
		this.requestor = requestor;
		this.hold = hold;
		this.problems = problems;
		this.runtime = runtime;
		this.backoff = new Backoff(RETRY, runtime.random());
	}

	/** A caller waits: try again, also what was refused. Called by any thread. */
	void hurry() {
		synchronized (this.lock) {
			this.hurried = true;
			this.refused.clear();
		}
	}

	/** When something was last tried. Read by any thread. */
	@Nullable Instant lastAttempt() {
		return this.lastAttempt;
	}

	/** What prevents further progress of the rest. Read by any thread. */
	@Nullable String lastError() {
		return this.lastError;
	}

	/** Return what forbids to send, and take note of it. Called by any thread. */
	@Nullable String held() {
		@Nullable String reason = forbidden();
		if (reason != null) {
			this.lastError = "held back: " + reason;
		}
		return reason;
	}

	private @Nullable String forbidden() {
		try {
			return this.hold.get();
		}
		catch (RuntimeException ex) {
			return "it cannot be told whether sending is forbidden (" + ex.getClass().getName() + ")";
		}
	}

	/**
	 * Try everything that is due.
	 * @return nanoseconds until the next attempt, or {@link #NEVER} when nothing is left
	 * to try, or when sending is forbidden
	 */
	long runOnce() {
		long wait = remaining(this.runtime.nanoTime().getAsLong());
		if (wait > 0) {
			return wait;
		}
		synchronized (this.lock) {
			this.hurried = false;
		}
		try {
			for (DeletionRequest request : due()) {
				if (held() != null) {
					return NEVER;
				}
				if (!attempt(request)) {
					return this.backoff.remaining(this.runtime.nanoTime().getAsLong(), false);
				}
			}
			return NEVER;
		}
		catch (IOException ex) {
			return failed("the outbox cannot be used: " + ex.getMessage(), null);
		}
	}

	/**
	 * A reset makes a retry come earlier, and never brings one within a minute of the
	 * last attempt.
	 */
	private long remaining(long now) {
		long own = this.backoff.remaining(now, false);
		synchronized (this.lock) {
			if (!this.hurried) {
				return own;
			}
		}
		long interval = this.attempted ? Math.max(0, this.lastNanos + INTERVAL - now) : 0;
		long allowed = Math.max(this.backoff.remaining(now, true), interval);
		return (own > 0) ? Math.min(own, allowed) : allowed;
	}

	private List<DeletionRequest> due() throws IOException {
		List<DeletionRequest> waiting = this.outbox.waiting();
		Set<UUID> held;
		synchronized (this.lock) {
			held = Set.copyOf(this.refused);
		}
		return waiting.stream().filter((request) -> !held.contains(request.requestId())).toList();
	}

	/** Return whether to go on with the next one. */
	private boolean attempt(DeletionRequest request) throws IOException {
		this.attempted = true;
		this.lastNanos = this.runtime.nanoTime().getAsLong();
		this.lastAttempt = this.runtime.clock().instant();
		DeletionAnswer answer = ask(request);
		switch (answer.kind()) {
			case ACKNOWLEDGED, HANDED_OVER -> {
				this.outbox.done(request, (answer.kind() == Kind.ACKNOWLEDGED) ? DeletionOutcome.ACKNOWLEDGED
						: DeletionOutcome.REQUESTED);
				this.backoff.succeeded();
				recovered();
			}
			case REFUSED -> refused(request, String.valueOf(answer.reason()));
			case LATER -> failed(String.valueOf(answer.reason()), answer.retryAfter());
		}
		return answer.kind() != Kind.LATER;
	}

	private DeletionAnswer ask(DeletionRequest request) {
		try {
			return Objects.requireNonNull(this.requestor.request(request), "the requestor answered nothing");
		}
		catch (RuntimeException | LinkageError ex) {
			// The message of an exception from other code may hold a secret
			return DeletionAnswer.later("the requestor failed with " + ex.getClass().getName(), null);
		}
	}

	private void recovered() {
		synchronized (this.lock) {
			if (!this.refused.isEmpty()) {
				return;
			}
		}
		this.lastError = null;
		this.problems.resolved(PROBLEM);
	}

	private long failed(String reason, @Nullable Duration retryAfter) {
		long now = this.runtime.nanoTime().getAsLong();
		this.backoff.failed(now, retryAfter);
		this.lastError = reason;
		return this.backoff.remaining(now, false);
	}

	private void refused(DeletionRequest request, String reason) {
		synchronized (this.lock) {
			this.refused.add(request.requestId());
		}
		this.lastError = reason;
		this.problems.report(new Problem(PROBLEM, null, "a request for deletion was refused: " + reason,
				"fix what the message names, then reset or restart"));
	}

	/** Let go of connections: nothing is to be tried for now. */
	void release() {
		try {
			this.requestor.release();
		}
		catch (RuntimeException | LinkageError ex) {
			this.lastError = "the requestor could not be released: " + ex.getClass().getName();
		}
	}

}
