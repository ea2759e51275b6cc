package dev.telemetry.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.telemetry.consent.ConsentGate;
import dev.telemetry.consent.ConsentSession;
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
public final class DeliveryLane {

	/*
	 * Threads. Callers: offer() alone, without a lock. "telemetry-<sink>": runs the
	 * collector, which makes batches of what is in the buffer; for a local sink it also
	 * sends. "telemetry-<sink>-sender" (remote sinks): sends, so that a receiver that
	 * hangs never stops the buffer from being drained. Whoever closes: ends both. What
	 * they share lies in the backlog and its lock; "lifecycle" guards starting and
	 * closing. The thread that sends also closes the sink, as its last act, since a sink
	 * that hangs would hang whoever closes the lane.
	 *
	 * "refusing" is set before a closing lane looks at what it has. A caller that read it
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

	private final @Nullable Spiller spiller;

	private final BatchCollector collector;

	private final BatchSender sender;

	private final DeliveryWorker worker;

	private final DeliveryWorker senderWorker;

	private final Object lifecycle = new Object();

	@GuardedBy("lifecycle")
	private final List<Thread> threads = new ArrayList<>();

	/** The name of a remote sink, asked for once: it may be the application's code. */
	private final @Nullable String receiver;

	private volatile boolean refusing;

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
		this(origin, sink, settings, SessionPass.of(gate, session), runtime, support,
				origin.remote() ? support.store(origin.name(), session.grantId(), runtime) : null);
	}

	DeliveryLane(TelemetrySinkFactory origin, TelemetrySink sink, DeliverySettings settings, SessionPass pass,
			DeliveryRuntime runtime, LaneSupport support, @Nullable SpillStore store) {
		this.origin = origin;
		this.receiver = origin.remote() ? origin.name() : null;
		this.sink = sink;
		this.pass = pass;
		this.runtime = runtime;
		LongSupplier nanoTime = runtime.nanoTime();
		DeliveryReport report = new DeliveryReport(origin.name(), origin.target(), store != null, this.ledger,
				new WarningLimiter(nanoTime, logger::warn), support);
		this.spiller = (store != null) ? new Spiller(store, pass, report, nanoTime) : null;
		this.backlog = new Backlog(settings, this.spiller, this.ledger);
		this.collector = new BatchCollector(this.backlog, settings.batchTimeout(), this.spiller, report, nanoTime);
		this.sender = new BatchSender(sink, pass, this.backlog, new Pace(settings.retry(), runtime.random(), nanoTime),
				report, runtime.clock());
		if (origin.remote()) {
			this.senderWorker = new DeliveryWorker(this.sender, this::closeSink);
			this.worker = new DeliveryWorker(this.collector.then(this.senderWorker::wake), this::closeSpill);
		}
		else {
			this.worker = new DeliveryWorker(this.collector.then(this.sender), this::closeSink);
			this.senderWorker = this.worker;
		}
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

	/** Start the lane's threads. Does nothing on a lane that runs or was closed. */
	public void start() {
		synchronized (this.lifecycle) {
			if (this.refusing || !this.threads.isEmpty()) {
				return;
			}
			startThread(this.worker, "");
			if (this.senderWorker != this.worker) {
				startThread(this.senderWorker, "-sender");
			}
		}
	}

	@GuardedBy("lifecycle")
	private void startThread(Runnable task, String suffix) {
		Thread thread = this.runtime.threads().newThread(task);
		thread.setName("telemetry-" + this.origin.name() + suffix);
		thread.setDaemon(true);
		thread.start();
		this.threads.add(thread);
	}

	/**
	 * Take an event. Never blocks, throws or does I/O.
	 * @param event the event
	 * @return {@code false} if the event was dropped, and counted, because the buffer is
	 * full or the lane closed
	 */
	public boolean offer(Event event) {
		if (this.refusing) {
			this.ledger.refused(endReason());
			return false;
		}
		if (!this.backlog.offer(event)) {
			this.ledger.refused(LossReason.BUFFER_FULL);
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
			return this.backlog.isDone(position);
		}
		this.worker.wake();
		this.senderWorker.wake();
		try {
			return this.backlog.await(position, deadline, this.runtime.nanoTime());
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
		this.backlog.discard(LossReason.WITHDRAWN, false);
		this.backlog.discardFiles(LossReason.WITHDRAWN);
	}

	/**
	 * Count what waits on disk as {@code withdrawn}: a no was recorded, and the caller
	 * erases the spill of all lanes.
	 */
	public void withdrawn() {
		this.backlog.forgetFiles(LossReason.WITHDRAWN, true);
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

	private void closeSpill() {
		if (this.spiller != null) {
			this.spiller.close();
		}
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
		LossReason reason = endReason();
		this.backlog.end(reason);
		this.senderWorker.stop();
		this.worker.stop();
		endThreads(delivered, deadline);
		this.backlog.discard(reason, true);
	}

	/** Delivery may have been given up before everything was brought to disk. */
	private void awaitCollected(long position, long deadline) {
		try {
			if (this.spiller != null && isRunning()) {
				this.backlog.awaitCollected(position, deadline, this.runtime.nanoTime());
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
			closeSpill();
			closeSink();
			return;
		}
		if (!join(delivered)) {
			boolean hangs = this.sender.isInFlight();
			abortSink();
			if (hangs) {
				running().forEach(Thread::interrupt);
			}
			join(deadline);
		}
	}

	private boolean join(long deadline) {
		boolean ended = true;
		for (Thread thread : running()) {
			ended &= join(thread, deadline);
		}
		return ended;
	}

	private boolean join(Thread thread, long deadline) {
		long millis = (deadline - this.runtime.nanoTime().getAsLong()) / 1_000_000;
		if (millis > 0 && !isDeliveryThread()) {
			try {
				thread.join(millis);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return !thread.isAlive();
	}

	private boolean isRunning() {
		return !running().isEmpty();
	}

	private List<Thread> running() {
		synchronized (this.lifecycle) {
			return List.copyOf(this.threads);
		}
	}

	private LossReason endReason() {
		if (this.pass.enter()) {
			this.pass.exit();
			return LossReason.SHUTDOWN;
		}
		return LossReason.WITHDRAWN;
	}

	/**
	 * Return what this lane has done so far.
	 * @return a consistent snapshot
	 */
	public DeliveryStatus status() {
		return this.backlog.status(this.origin.name(), this.origin.target(), this.origin.remote());
	}

}
