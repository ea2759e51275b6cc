package dev.telemetry.deletion;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.telemetry.delivery.DeliveryRuntime;
import dev.telemetry.problem.Problem;
import dev.telemetry.problem.Problems;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * The requests for deletion of this installation: kept in {@code <home>/deletion} from
 * before anything is erased until somebody has accepted them, and passed on by the
 * {@link DeletionRequestor}. Without one they are kept all the same, so that they can
 * still be named, and passed on when there is one. Safe for use by several threads.
 */
public final class DeletionRequests {

	/** How long a reset waits for the first attempt to end. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final String tool;

	private final DeletionOutbox outbox;

	private final DeletionLetters letters;

	private final @Nullable DeletionSender sender;

	private final @Nullable DeletionWorker worker;

	private final Problems problems;

	private final @Nullable String note;

	/**
	 * Create from settings; nothing is touched.
	 * @param settings who is to be asked
	 * @param home where requests are kept, or {@code null} if there is none
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
		this.letters = new DeletionLetters(settings.tool(), settings.address());
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
				this.worker.wake();
			}
		}
		catch (IOException ex) {
			this.problems.report(new Problem(DeletionOutbox.DIRECTORY, null,
					"the requests for deletion cannot be read: " + ex.getMessage(), "look at the directory"));
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
			this.worker.wake();
			this.worker.await(PATIENCE);
		}
	}

	/**
	 * Return what a person has to send, because nobody else does.
	 * @return the letter, or {@code null} if there is no need
	 * @throws IOException if the outbox cannot be read
	 */
	@Nullable DeletionLetter letter() throws IOException {
		List<String> ids = this.outbox.waiting().stream().map(DeletionRequest::machineId).distinct().toList();
		return (ids.isEmpty() || this.sender != null) ? null : letter(ids);
	}

	DeletionLetter letter(List<String> ids) {
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
