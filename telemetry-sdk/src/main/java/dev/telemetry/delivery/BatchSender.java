package dev.telemetry.delivery;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetryException;
import dev.telemetry.sink.TelemetryException.Kind;
import dev.telemetry.sink.TelemetryException.Reaction;
import dev.telemetry.sink.TelemetrySink;
import org.jspecify.annotations.Nullable;

/**
 * Hands waiting batches to the sink, one after another, and does what its answer asks
 * for: go on, wait, hold everything, or find the one event to blame.
 */
final class BatchSender implements DeliveryWorker.Step {

	/*
	 * One thread runs this. Others read "inFlight" and set "closing" and "flushWanted";
	 * after setting one they wake the thread, and a wake-up is never lost.
	 */

	/** How long to sleep when nothing waits; what comes wakes the thread. */
	private static final long IDLE = TimeUnit.HOURS.toNanos(1);

	/** How often a batch is tried again when it is open what is to blame. */
	private static final int MAX_RETRIES_IN_DOUBT = 3;

	private final TelemetrySink sink;

	private final SessionPass pass;

	private final Backlog backlog;

	private final SendSchedule pace;

	private final DeliveryReport report;

	private final InstantSource clock;

	private final AttemptTimer timer;

	private volatile boolean inFlight;

	private volatile boolean closing;

	private volatile long flushWanted;

	private boolean gaveUp;

	private Runnable whenSending = () -> {
	};

	BatchSender(TelemetrySink sink, SessionPass pass, Backlog backlog, SendSchedule pace, DeliveryReport report,
			InstantSource clock, AttemptTimer timer) {
		this.sink = sink;
		this.pass = pass;
		this.backlog = backlog;
		this.pace = pace;
		this.report = report;
		this.clock = clock;
		this.timer = timer;
	}

	/** Set what runs each time an operation begins that may take long. */
	void whenSending(Runnable told) {
		this.whenSending = told;
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
			long wait = this.pace.remaining(this.closing);
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
				// Events on disk wait for another recording session
				return IDLE;
			}
			sendOrAsk(batch);
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
		this.backlog.discard(DropReason.WITHDRAWN, true);
		return false;
	}

	/** Do something inside the session, which was entered, and leave it. */
	private @Nullable TelemetryException attempt(Attempt attempt) {
		this.whenSending.run();
		try {
			attempt.run();
			return null;
		}
		catch (TelemetryException ex) {
			return ex;
		}
		catch (Throwable ex) {
			// Also an Error: a sink that cannot be linked must not end delivery
			return new TelemetryException(Kind.IO, "the sink threw " + ex.getClass().getName(), Reaction.DOUBT, null,
					ex);
		}
		finally {
			this.inFlight = false;
			this.pass.exit();
		}
	}

	private void sendOrAsk(Batch batch) {
		if (this.pace.isHeld()) {
			ask(batch);
		}
		else {
			send(batch);
		}
	}

	/**
	 * Ask a destination that is held. If it cannot be asked, events are sent to it again.
	 */
	private void ask(Batch batch) {
		TelemetryException failure = attempt(this.sink::probe);
		if (failure != null) {
			this.timer.unreachable(failure);
			settle(batch, batch, 0, 0);
			hold(failure.getMessage());
		}
		else {
			this.pace.answered();
		}
	}

	private void send(Batch batch) {
		List<Event> part = batch.part();
		long started = this.timer.start();
		TelemetryException failure = attempt(() -> this.sink.emitAll(part, this.pass::goOn));
		this.timer.stop(started, failure);
		int settled = (failure != null) ? Math.min(failure.settled(), part.size()) : part.size();
		int rejected = (failure != null) ? Math.min(failure.rejected(), settled) : 0;
		@Nullable Batch rest = (settled < batch.size()) ? batch.without(settled) : null;
		if (settled > rejected) {
			this.pace.taken();
			this.report.taken();
		}
		if (failure == null || rest == null || settled == part.size()) {
			settle(batch, rest, rejected, 0);
			acknowledged(rejected, settled, failure);
		}
		else {
			failed(batch, rest, rejected, failure);
		}
	}

	/** All events that were sent are settled; the destination may have rejected some. */
	private void acknowledged(int rejected, int settled, @Nullable TelemetryException failure) {
		if (failure != null) {
			this.report.failed(failure, 0, rejected, this.closing);
			if (rejected == settled) {
				refused(failure);
			}
		}
	}

	private void failed(Batch batch, Batch rest, int rejected, TelemetryException failure) {
		switch (reaction(rest, failure)) {
			case RETRY -> retry(batch, rest, rejected, failure);
			case DOUBT -> retry(batch, rest.failedAgain(), rejected, failure);
			case HOLD -> {
				settle(batch, rest, rejected, 0);
				hold(failure.getMessage());
			}
			case BISECT -> bisect(batch, rest, rejected, failure);
		}
	}

	/**
	 * A broken destination must not cost events, and an event that breaks it must not
	 * stop delivery.
	 */
	private Reaction reaction(Batch rest, TelemetryException failure) {
		if (failure.reaction() != Reaction.DOUBT || rest.attempts() < MAX_RETRIES_IN_DOUBT) {
			return failure.reaction();
		}
		boolean alone = suspects(rest, failure) == 1;
		boolean broken = alone && enter() && attempt(this.sink::probe) != null;
		return broken ? Reaction.HOLD : Reaction.BISECT;
	}

	private static int suspects(Batch rest, TelemetryException failure) {
		return Math.min(failure.suspects(), rest.part().size());
	}

	private void retry(Batch batch, Batch rest, int rejected, TelemetryException failure) {
		this.pace.retry(failure.retryAfter());
		settle(batch, rest, rejected, 0);
		this.report.failed(failure, rest.size(), rejected, this.closing);
		abandonIfClosing();
	}

	private void hold(@Nullable String why) {
		this.pace.hold();
		this.report.held(String.valueOf(why));
		abandonIfClosing();
	}

	private void bisect(Batch batch, Batch rest, int rejected, TelemetryException failure) {
		int suspects = suspects(rest, failure);
		if (suspects > 1) {
			settle(batch, rest.bisected(suspects), rejected, 0);
			this.report.searching(failure);
		}
		else {
			reject(batch, rest, rejected, failure);
		}
		if (failure.kind() != Kind.TOO_LARGE) {
			refused(failure);
		}
	}

	private void reject(Batch batch, Batch rest, int rejected, TelemetryException failure) {
		Event event = rest.part().get(0);
		@Nullable TelemetryException unkept = enter() ? attempt(() -> this.report.keep(event)) : null;
		int tooLarge = (failure.kind() == Kind.TOO_LARGE) ? 1 : 0;
		settle(batch, (rest.size() > 1) ? rest.without(1) : null, rejected + 1 - tooLarge, tooLarge);
		this.report.failed((unkept != null) ? unkept : failure, 0, rejected + 1, this.closing);
	}

	private void refused(TelemetryException failure) {
		if (this.pace.refused()) {
			hold(failure.getMessage() + "; it refuses everything");
		}
	}

	private void settle(Batch batch, @Nullable Batch rest, int rejected, int tooLarge) {
		this.backlog.settle(batch, rest, rejected, tooLarge, this.clock.instant());
	}

	private void abandonIfClosing() {
		if (this.closing) {
			this.gaveUp = true;
			this.backlog.progress().abandon();
		}
	}

	private void flushSink() {
		long wanted = this.flushWanted;
		if (!this.backlog.progress().isFlushed(wanted) && enter()) {
			TelemetryException failure = attempt(this.sink::flush);
			if (failure != null) {
				this.report.failed(failure, 0, 0, this.closing);
			}
		}
		this.backlog.progress().flushed(wanted);
	}

	/** Something a sink does. */
	@FunctionalInterface
	private interface Attempt {

		void run() throws TelemetryException;

	}

}
