package dev.telemetry.deletion;

import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.consent.gate.ConsentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a reset did.
 *
 * @param deletion the result of the requests for deletion
 * @param letter the request the user has to send, or {@code null} if none is needed
 * @param note what no request can reach, or {@code null}
 * @param failures what could not be stored or erased and why, one clause each
 * @param consent the answer to the denial that comes first
 */
@Internal
public record ResetAnswer(DeletionStatus deletion, @Nullable DeletionEmail letter, @Nullable String note,
		List<String> failures, ConsentAnswer consent) {

	public ResetAnswer {
		failures = List.copyOf(failures);
	}

	public DeletionOutcome outcome() {
		return this.deletion.outcome();
	}

	/**
	 * Return the ids the person has to name.
	 * @return the ids; empty if there is no need
	 */
	public List<String> ids() {
		return (this.letter != null) ? this.letter.ids() : List.of();
	}

	/**
	 * Return a request the person can send as it is.
	 * @return the text, or {@code null} if there is no need
	 */
	public @Nullable String text() {
		return (this.letter != null) ? this.letter.text() : null;
	}

}
