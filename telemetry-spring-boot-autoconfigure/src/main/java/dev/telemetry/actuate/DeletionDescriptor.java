package dev.telemetry.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.telemetry.deletion.DeletionEmail;
import dev.telemetry.deletion.DeletionOutcome;
import dev.telemetry.deletion.DeletionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What became of the requests for deletion. Status names no ids.
 *
 * @param outcome how far the one that got least far is
 * @param ids the ids to name in a request of one's own, absent if there is no need
 * @param text such a request, ready to be sent, absent if there is no need
 * @param link the same as a {@code mailto:} link, absent without a mail address
 * @param note what no request can reach, absent if there is nothing
 * @param progress how many requests wait and how many are done with, absent if there are
 * none
 */
@JsonInclude(Include.NON_NULL)
public record DeletionDescriptor(DeletionOutcome outcome, @Nullable List<String> ids, @Nullable String text,
		@Nullable String link, @Nullable String note, @JsonUnwrapped @Nullable ProgressDescriptor progress) {

	static DeletionDescriptor of(DeletionStatus status, @Nullable DeletionEmail letter, @Nullable String note) {
		return new DeletionDescriptor(status.outcome(), (letter != null) ? letter.ids() : null,
				(letter != null) ? letter.text() : null, (letter != null) ? letter.link() : null, note,
				ProgressDescriptor.of(status));
	}

	/**
	 * How many requests for deletion wait, and how many are done with.
	 *
	 * @param pending how many wait
	 * @param done how many were acknowledged or handed over since the last reset
	 * @param doneAt when the last of these was, absent if none was
	 * @param lastAttempt when this process last tried, absent if it did not
	 * @param lastError why those that wait got no further, absent if nothing went wrong
	 */
	@JsonInclude(Include.NON_NULL)
	public record ProgressDescriptor(int pending, int done, @Nullable Instant doneAt, @Nullable Instant lastAttempt,
			@Nullable String lastError) implements InlineDescriptor {

		static @Nullable ProgressDescriptor of(DeletionStatus status) {
			return (status.outcome() == DeletionOutcome.NOT_NEEDED) ? null : new ProgressDescriptor(status.pending(),
					status.done(), status.doneAt(), status.lastAttempt(), status.lastError());
		}

	}

}
