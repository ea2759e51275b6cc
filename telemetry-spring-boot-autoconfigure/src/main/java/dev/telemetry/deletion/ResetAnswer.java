package dev.telemetry.deletion;

import java.util.List;

import dev.telemetry.consent.ConsentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a reset did.
 *
 * @param outcome what became of the request for deletion
 * @param ids the ids the person has to name in a request of their own; empty if there is
 * no need
 * @param text a request the person can send as it is, or {@code null} if there is no need
 * @param failures what could not be erased and why, one clause each
 * @param consent the answer to the no that comes first
 */
public record ResetAnswer(DeletionOutcome outcome, List<String> ids, @Nullable String text, List<String> failures,
		ConsentAnswer consent) {

	public ResetAnswer {
		ids = List.copyOf(ids);
		failures = List.copyOf(failures);
	}

}
