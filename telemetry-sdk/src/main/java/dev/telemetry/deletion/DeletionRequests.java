package dev.telemetry.deletion;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.telemetry.Internal;
import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.problem.ThreadShortage;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * The requests for deletion of this installation: stored in {@code <home>/deletion} from
 * before anything is erased until they have been accepted, and passed on by the
 * {@link DeletionRequestor}. Without one they are stored as well, so that they can still
 * be listed, and passed on when there is one. Safe for use by several threads.
 */
@Internal
public final class DeletionRequests {

	/** How long a reset waits for the first attempt to end. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final String THREAD = "thread telemetry-deletion";

	private final String tool;

	private final DeletionOutbox outbox;

	private final DeletionEmails letters;

	private final @Nullable DeletionSender sender;

	private final @Nullable DeletionWorker worker;

	private final Problems problems;

	private final @Nullable String note;

	/** Whether what waits is not tried for want of a thread. */
	private volatile boolean threadless;

	/**
	 * Create from settings; nothing is touched.
	 * @param settings who is to be asked
	 * @param home where requests are stored, or {@code null} if there is none
	 * @param hold says why nothing may be sent now, or {@code null}
	 * @param problems told about what cannot be sent
	 * @param runtime the clocks, the random source and the thread
	 */
	public DeletionRequests(DeletionSettings settings, @Nullable Home home, Supplier<@Nullable String> hold,
			Problems problems, DeliveryRuntime runtime) {
		this(settings, new DeletionOutbox(home, runtime.clock(), UUID::randomUUID, problems), hold, problems, runtime);
	}

	DeletionRequests(DeletionSettings settings, DeletionOutbox outbox, Supplier<@Nullable String> hold,
			Problems problems, DeliveryRuntime runtime) {
		this.tool = settings.tool();
		this.outbox = outbox;
		this.letters = new DeletionEmails(settings.tool(), settings.address());
		this.problems = problems;
		this.note = settings.note();
		@Nullable DeletionRequestor requestor = settings.requestor();
		this.sender = (requestor != null) ? new DeletionSender(outbox, requestor, hold, problems, runtime) : null;
		this.worker = (this.sender != null) ? new DeletionWorker(this.sender, runtime.threads()) : null;
	}

	/**
	 * Go on with what an earlier run left. Without the outbox's directory this looks
	 * whether there is one, and does nothing else.
	 */
	public void start() {
		if (!this.outbox.exists()) {
			return;
		}
		try {
			if (!this.outbox.waiting().isEmpty() && this.worker != null) {
				wake(this.worker);
			}
		}
		catch (IOException ex) {
			this.problems.report(new Problem(DeletionOutbox.DIRECTORY, null,
					"the requests for deletion cannot be read: " + ex.getMessage(), "look at the directory"));
		}
	}

	/** Go on with what could not be tried because there was no thread. */
	public void retry() {
		DeletionWorker stopped = this.worker;
		if (this.threadless && stopped != null) {
			wake(stopped);
		}
	}

	private void wake(DeletionWorker waiting) {
		this.threadless = !waiting.wake();
		if (this.threadless) {
			this.problems.report(new Problem(THREAD, null,
					"the requests for deletion are kept and not sent: " + ThreadShortage.PROBLEM,
					ThreadShortage.ACTION + ", then ask for status"));
		}
		else {
			this.problems.resolved(THREAD);
		}
	}

	/** Stop trying; what waits stays for the next start. */
	public void stop() {
		if (this.worker != null) {
			this.worker.stop();
		}
	}

	/**
	 * Store a request for each identifier. They are on the disk when this returns.
	 * @param machineIds the identifiers
	 * @throws IOException if not all could be stored
	 */
	void store(Collection<String> machineIds) throws IOException {
		this.outbox.store(machineIds, this.tool);
	}

	/** Pass on what waits, and wait a little for the first attempt. */
	void send() {
		if (this.worker != null && this.sender != null && this.outbox.pending() > 0) {
			this.sender.hurry();
			wake(this.worker);
			this.worker.await(PATIENCE);
		}
	}

	/**
	 * Return what a person has to send, because no requestor does.
	 * @return the email, or {@code null} if none is needed
	 * @throws IOException if the outbox cannot be read
	 */
	@Nullable DeletionEmail letter() throws IOException {
		List<String> ids = this.outbox.waiting().stream().map(DeletionRequest::machineId).distinct().toList();
		return (ids.isEmpty() || this.sender != null) ? null : letter(ids);
	}

	DeletionEmail letter(List<String> ids) {
		return this.letters.write(ids);
	}

	@Nullable String note() {
		return this.note;
	}

	/**
	 * Return how far the requests have got, as far as this process knows: nothing is
	 * read.
	 * @return the status, or {@code null} when nothing was ever to be deleted
	 */
	@Nullable DeletionStatus status() {
		@Nullable DeletionResult result = this.outbox.result();
		int pending = this.outbox.pending();
		if (pending == 0) {
			return (result != null) ? status(result.outcome(), 0, result) : null;
		}
		DeletionOutcome outcome = (this.sender != null) ? DeletionOutcome.REQUESTED
				: (this.letters.address() != null) ? DeletionOutcome.PREPARED : DeletionOutcome.CANNOT_REQUEST;
		return status(outcome, pending, result);
	}

	private DeletionStatus status(DeletionOutcome outcome, int pending, @Nullable DeletionResult result) {
		DeletionSender sender = this.sender;
		return new DeletionStatus(outcome, pending, (result != null) ? result.count() : 0,
				(result != null) ? result.at() : null, (sender != null) ? sender.lastAttempt() : null,
				(sender != null && pending > 0) ? sender.lastError() : null);
	}

}
