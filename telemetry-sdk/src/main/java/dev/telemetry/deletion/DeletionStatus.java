package dev.telemetry.deletion;

import java.time.Instant;

import dev.telemetry.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How far the requests for deletion have got. Names no identifier.
 *
 * @param outcome how far the one that got least far is
 * @param pending how many wait
 * @param done how many of the last reset were acknowledged or handed over
 * @param doneAt when the last of those was, or {@code null}
 * @param lastAttempt when this process last tried, or {@code null}
 * @param lastError what prevents further progress of the waiting ones, or {@code null}
 */
@Internal
public record DeletionStatus(DeletionOutcome outcome, int pending, int done, @Nullable Instant doneAt,
		@Nullable Instant lastAttempt, @Nullable String lastError) {

}
