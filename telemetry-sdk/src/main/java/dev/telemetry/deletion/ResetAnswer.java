package dev.telemetry.deletion;

import java.util.List;

import dev.telemetry.consent.ConsentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a reset did.
 *
 * @param deletion what became of the requests for deletion
 * @param letter the request the person has to send, or {@code null} if there is no need
 * @param note what no request can reach, or {@code null}
 * @param failures what could not be stored or erased and why, one clause each
 * @param consent the answer to the no that comes first
 */
public record ResetAnswer(DeletionStatus deletion, @Nullable DeletionLetter letter, @Nullable String note,
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
