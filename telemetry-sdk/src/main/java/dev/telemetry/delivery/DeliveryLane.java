package dev.telemetry.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentGate;
import dev.telemetry.consent.gate.ConsentSession;
import dev.telemetry.event.DropReason;
import dev.telemetry.event.Event;
import dev.telemetry.sink.TelemetrySink;
import dev.telemetry.sink.TelemetrySinkFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gets events to one sink during one consent session: a bounded buffer, batches, retries.
 * What a lane loses it counts; see {@link DeliveryStatus}.
 * <p>
 * A lane whose threads were not started is driven by its caller: {@link #flush} and
 * {@link #close} then do the work themselves.
 */
@Internal
public final class DeliveryLane {

	/*
	 * Threads. Callers: offer() alone, without a lock. "telemetry-<sink>": runs the
	 * collector, which makes batches of the events in the buffer; for a local sink it
	 * also sends. "telemetry-<sink>-sender" (remote sinks): sends, so that a destination
	 * that hangs never stops the buffer from being drained; while it hangs, the other
	 * thread checks whether it still may. The closing thread: ends both. Their shared
	 * state is in the backlog, under its lock; "lifecycle" guards starting and closing.
	 * The thread that sends also closes the sink, as its last act, since a sink that
	 * hangs would block the thread that closes the lane.
	 *
	 * "refusing" is set before a closing lane looks at its events. A caller that read it
	 * just before may still put its event in: it is delivered with the rest, or, after
	 * the end, counted by that caller (see Backlog).
	 */

	/** Keeps arithmetic with nanoseconds from overflowing. */
	private static final Duration LONGEST_WAIT = Duration.ofDays(1);

	private static final Duration TO_LET_GO = Duration.ofMillis(200);

	private static final Log logger = LogFactory.getLog(DeliveryLane.class);

	private final TelemetrySinkFactory origin;

	private final TelemetrySink sink;

	private final SessionPass pass;

	private final DeliveryRuntime runtime;

	private final DeliveryLedger ledger = new DeliveryLedger();

	private final Backlog backlog;

	private final Spiller spiller;

	private final BatchCollector collector;

	private final BatchSender sender;

	private final DeliveryWorker worker;

	private final DeliveryWorker senderWorker;

	private final Object lifecycle = new Object();

	private final LaneThreads threads;

	/** The name of a remote sink, asked for once: it may be the application's code. */
	private final @Nullable String receiver;

	private volatile boolean refusing;

	/** Why events are lost that come after the end; unknown before. */
	private volatile @Nullable DropReason ended;

	/**
	 * Create a lane; its threads start with {@link #start()}.
	 * @param origin says the sink's name and target and whether it is remote
	 * @param sink the sink, which belongs to this lane from now on
	 * @param settings how to deliver
	 * @param gate the gate that the session belongs to
	 * @param session the session during which events may be delivered
	 * @param runtime the clocks, the random source and the threads
	 * @param support where the lane turns with what is not taken, and where events wait
	 * on disk
	 */
	public DeliveryLane(TelemetrySinkFactory origin, TelemetrySink sink, DeliverySettings settings, ConsentGate gate,
			ConsentSession session, DeliveryRuntime runtime, LaneSupport support) {
		this(origin, sink, settings, SessionPass.of(gate, session.pass(origin.remote())), runtime, support,
				origin.remote() ? support.store(origin.name(), session::grant, runtime) : null);
	}

	DeliveryLane(TelemetrySinkFactory origin, TelemetrySink sink, DeliverySettings settings, SessionPass pass,
			DeliveryRuntime runtime, LaneSupport support, @Nullable SpillStore store) {
		this.origin = origin;
		this.receiver = origin.remote() ? origin.name() : null;
		this.sink = sink;
		this.pass = pass;
		this.runtime = runtime;
		LongSupplier nanoTime = runtime.nanoTime();
		this.threads = new LaneThreads(origin.name(), runtime);
		DeliveryReport report = new DeliveryReport(origin.name(), origin.target(), store != null, this.ledger,
				new WarningLimiter(nanoTime, logger::warn), support);
		this.spiller = (store != null) ? new FileSpiller(store, pass, report, nanoTime) : Spiller.NONE;
		this.backlog = new Backlog(settings, this.spiller, this.ledger);
		this.collector = new BatchCollector(this.backlog, settings.batchTimeout(), this.spiller, report, nanoTime);
		this.sender = new BatchSender(sink, pass, this.backlog,
				new SendSchedule(settings.retry(), runtime.random(), nanoTime), report, runtime.clock(),
				new AttemptTimer(support.activity().of(origin.name()), nanoTime));
		LaneWorkers workers = origin.remote()
				? LaneWorkers.remote(this.collector, this.sender, pass, this.spiller::close, this::closeSink)
				: LaneWorkers.local(this.collector, this.sender, this::closeSink);
		this.worker = workers.collecting();
		this.senderWorker = workers.sending();
	}

	/**
	 * Return whether the current thread delivers events. What is recorded on such a
	 * thread, by a sink or something it calls, must not be accepted: it would never end.
	 * @return {@code true} while a lane works on this thread
	 */
	public static boolean isDeliveryThread() {
		return DeliveryWorker.isInside();
	}

	/**
	 * Return whether events for these remote sinks go through this lane.
	 * @param receivers the names of the sinks, or {@code null} for all
	 * @return {@code true} for a local sink, whatever is named
	 */
	public boolean serves(@Nullable Set<String> receivers) {
		return receivers == null || this.receiver == null || receivers.contains(this.receiver);
	}

	/**
	 * Return whether events leave this machine by this lane.
	 * @return {@code false} for a local sink
	 */
	public boolean isRemote() {
		return this.receiver != null;
	}

	/**
	 * Return the name of the sink.
	 * @return the name
	 */
	public String name() {
		return this.origin.name();
	}

	/**
	 * Start the lane's threads. Does nothing on a lane that runs or was closed.
	 * @return {@code false} if the system provides no thread: then the lane has ended
	 * without having done anything
	 */
	public boolean start() {
		synchronized (this.lifecycle) {
			if (this.refusing || isRunning()) {
				return true;
			}
			if (this.threads.start(this.worker, this.senderWorker)) {
				return true;
			}
			this.refusing = true;
		}
		this.ended = DropReason.SHUTDOWN;
		this.backlog.end(DropReason.SHUTDOWN);
		this.spiller.close();
		closeSink();
		return false;
	}

	/**
	 * Take an event. Never blocks, throws or does I/O.
	 * @param event the event
	 * @return {@code false} if the event was dropped, and counted, because the buffer is
	 * full or the lane closed
	 */
	public boolean offer(Event event) {
		if (this.refusing) {
			DropReason reason = this.ended;
			this.ledger.refused((reason != null) ? reason : endReason());
			return false;
		}
		if (!this.backlog.offer(event)) {
			this.ledger.refused(DropReason.BUFFER_FULL);
			this.worker.signal();
			return false;
		}
		if (this.backlog.hasFullBatch()) {
			this.worker.signal();
		}
		return true;
	}

	/**
	 * Wait until everything that was offered before is settled. A wait before a retry is
	 * not cut short.
	 * @param timeout the longest to wait
	 * @return whether everything was settled in time; {@code false} at once on a thread
	 * of a lane, which would wait for itself
	 */
	public boolean flush(Duration timeout) {
		return !isDeliveryThread() && deliver(deadline(timeout));
	}

	private long deadline(Duration timeout) {
		return this.runtime.nanoTime().getAsLong() + nanos(timeout);
	}

	private static long nanos(Duration timeout) {
		return ((timeout.compareTo(LONGEST_WAIT) < 0) ? timeout : LONGEST_WAIT).toNanos();
	}

	private boolean deliver(long deadline) {
		long position = this.backlog.position();
		this.collector.flush(position);
		this.sender.flush(position);
		if (!isRunning()) {
			runOnce();
			return this.backlog.progress().isDone(position);
		}
		this.worker.wake();
		this.senderWorker.wake();
		try {
			return this.backlog.progress().await(position, deadline, this.runtime.nanoTime());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Do everything that is due on the calling thread. For lanes without threads. */
	void runOnce() {
		DeliveryWorker.inside(() -> {
			this.collector.run();
			return this.sender.run();
		});
	}

	/**
	 * Throw away what waits, in memory and on disk; counted as {@code withdrawn}. What is
	 * being sent right now is not called back, see {@link #abort()}.
	 */
	public void discard() {
		this.backlog.discard(DropReason.WITHDRAWN, false);
		this.backlog.files().discard(DropReason.WITHDRAWN);
	}

	/**
	 * Count the events that wait on disk as {@code withdrawn}: a denial was recorded, and
	 * the caller erases the spill of all lanes.
	 */
	public void withdrawn() {
		this.backlog.files().forget(DropReason.WITHDRAWN, true);
	}

	/**
	 * Close the connection by which something is being sent right now.
	 * @return 1 if there was one, else 0
	 */
	public int abort() {
		if (!this.sender.isInFlight()) {
			return 0;
		}
		abortSink();
		return 1;
	}

	private void abortSink() {
		guarded("abort", this.sink::abort);
	}

	private void closeSink() {
		guarded("close", this.sink::close);
	}

	private void guarded(String what, Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException | Error ex) {
			// The sink may come from the application; nothing it throws gets further
			logger
				.warn("Telemetry sink '" + this.origin.name() + "' failed to " + what + ": " + ex.getClass().getName());
		}
	}

	/**
	 * Stop: take no more events, try to deliver what is there, drop what is not on disk,
	 * end the threads and close the sink. What is dropped counts as {@code shutdown}, or
	 * as {@code withdrawn} if the session is over. May be called more than once.
	 * @param budget the longest this may take, even when the sink hangs; a thread that
	 * hangs in it is interrupted and left behind
	 */
	public void close(Duration budget) {
		long deadline = deadline(budget);
		synchronized (this.lifecycle) {
			if (this.refusing) {
				return;
			}
			this.refusing = true;
		}
		this.sender.closing();
		long delivered = deadline - toLetGo(budget);
		if (!isDeliveryThread()) {
			long position = this.backlog.position();
			deliver(delivered);
			awaitCollected(position, delivered);
		}
		DropReason reason = endReason();
		this.ended = reason;
		this.backlog.end(reason);
		this.senderWorker.stop();
		this.worker.stop();
		endThreads(delivered, deadline);
		this.backlog.discard(reason, true);
	}

	/** Delivery may have been given up before everything was brought to disk. */
	private void awaitCollected(long position, long deadline) {
		try {
			if (this.spiller.writesFiles() && isRunning()) {
				this.backlog.progress().awaitCollected(position, deadline, this.runtime.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** The part of a budget in which a sink that hangs is aborted and can say so. */
	private static long toLetGo(Duration budget) {
		return Math.min(nanos(budget) / 10, TO_LET_GO.toNanos());
	}

	private void endThreads(long delivered, long deadline) {
		if (!isRunning()) {
			this.spiller.close();
			closeSink();
			return;
		}
		if (!this.threads.join(delivered)) {
			boolean hangs = this.sender.isInFlight();
			abortSink();
			if (hangs) {
				this.threads.interrupt();
			}
			this.threads.join(deadline);
		}
	}

	private boolean isRunning() {
		return this.threads.isRunning();
	}

	private DropReason endReason() {
		if (this.pass.enter()) {
			this.pass.exit();
			return DropReason.SHUTDOWN;
		}
		return DropReason.WITHDRAWN;
	}

	/**
	 * Return what this lane has done so far.
	 * @return a consistent snapshot
	 */
	public DeliveryStatus status() {
		return this.backlog.status(this.origin.name(), this.origin.target(), this.origin.remote());
	}

}
