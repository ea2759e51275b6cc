package dev.telemetry.deletion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Withdraws consent and erases everything about this installation: the gate closes and
 * the denial is written; then, before any caller can open it again, the requests for
 * deletion of every id that was sent are stored, and only then is anything erased; at
 * last the requests are passed on. What cannot be erased is reported and does not prevent
 * the rest from being erased. The record of the denial and its receipts remain.
 * <p>
 * Safe for use by several threads.
 */
@Internal
public final class TelemetryReset {

	/*
	 * One reset at a time, under "lock": each reports what it did. The gate's own command
	 * lock is taken inside ours and never the other way round, since listeners may not
	 * reset. Passing on happens outside the gate's lock: a slow destination does not
	 * prevent a user from denying consent.
	 */
	private final Object lock = new Object();

	private final BiFunction<String, Runnable, ConsentAnswer> gate;

	private final SentIds sentIds;

	private final List<Erasure> erasures;

	private final DeletionRequests requests;

	/**
	 * Create the command.
	 * @param gate closes the gate and records the denial, given the channel, and does
	 * something before it can be opened again
	 * @param sentIds the ids that were sent; erased last
	 * @param erasures what to erase, in this order
	 * @param requests stores and passes on the requests for deletion
	 */
	public TelemetryReset(BiFunction<String, Runnable, ConsentAnswer> gate, SentIds sentIds, List<Erasure> erasures,
			DeletionRequests requests) {
		this.gate = Objects.requireNonNull(gate, "'gate' must not be null");
		this.sentIds = Objects.requireNonNull(sentIds, "'sentIds' must not be null");
		this.erasures = List.copyOf(erasures);
		this.requests = Objects.requireNonNull(requests, "'requests' must not be null");
	}

	/**
	 * Reset. Everything is erased even if the denial could not be written: the gate of
	 * this process is closed in this case too.
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @return what was done
	 */
	public ResetAnswer reset(String channel) {
		synchronized (this.lock) {
			Run run = new Run();
			ConsentAnswer consent = this.gate.apply(channel, run::forget);
			this.requests.send();
			return run.answer(consent);
		}
	}

	/**
	 * Return how far the requests for deletion have got; nothing is read.
	 * @return the status, or {@code null} when there are none
	 */
	public @Nullable DeletionStatus status() {
		return this.requests.status();
	}

	/** One reset. */
	private final class Run {

		private final List<String> failures = new ArrayList<>();

		/** The ids for which there is no stored request, though there should be one. */
		private @Nullable List<String> unstored = List.of();

		void forget() {
			secureIds();
			TelemetryReset.this.erasures.forEach(this::erase);
			if (this.unstored != null && this.unstored.isEmpty()) {
				erase(new Erasure("sent ids", TelemetryReset.this.sentIds::erase));
			}
		}

		private void secureIds() {
			this.unstored = null;
			try {
				List<String> ids = TelemetryReset.this.sentIds.ids();
				this.unstored = ids;
				TelemetryReset.this.requests.store(ids);
				this.unstored = List.of();
			}
			catch (IOException | RuntimeException ex) {
				this.failures
					.add(((this.unstored == null) ? "sent ids: " : "requests for deletion: ") + ex.getMessage());
			}
		}

		private void erase(Erasure erasure) {
			try {
				erasure.action().run();
			}
			catch (IOException | RuntimeException ex) {
				this.failures.add(erasure.name() + ": " + ex.getMessage());
			}
		}

		ResetAnswer answer(ConsentAnswer consent) {
			@Nullable DeletionEmail letter = letter();
			@Nullable DeletionStatus stored = TelemetryReset.this.requests.status();
			DeletionStatus status = (stored != null) ? stored
					: new DeletionStatus(DeletionOutcome.NOT_NEEDED, 0, 0, null, null, null);
			if (this.unstored == null || !this.unstored.isEmpty()) {
				status = new DeletionStatus(DeletionOutcome.CANNOT_REQUEST, status.pending(), status.done(),
						status.doneAt(), status.lastAttempt(), status.lastError());
			}
			return new ResetAnswer(status, letter, TelemetryReset.this.requests.note(), this.failures, consent);
		}

		/** Who cannot be asked by us has to be asked by the person. */
		private @Nullable DeletionEmail letter() {
			if (this.unstored != null && !this.unstored.isEmpty()) {
				return TelemetryReset.this.requests.letter(this.unstored);
			}
			try {
				return TelemetryReset.this.requests.letter();
			}
			catch (IOException ex) {
				this.failures.add("requests for deletion: " + ex.getMessage());
				return null;
			}
		}

	}

}
