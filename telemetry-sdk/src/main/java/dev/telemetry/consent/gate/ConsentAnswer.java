package dev.telemetry.consent.gate;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a command.
 *
 * @param outcome what became of the command
 * @param decision the decision that applies now
 * @param reason why the command was refused, or {@code null}
 * @param origin where the refusing input was found, or {@code null}
 * @param aborted how many connections had to be closed
 */
public record ConsentAnswer(Outcome outcome, ConsentDecision decision, @Nullable String reason, @Nullable String origin,
		int aborted) {

	/** What became of a command. */
	public enum Outcome {

		/** Done. */
		DONE,

		/** Nothing to do: it was so already. */
		UNCHANGED,

		/**
		 * Refused because of a veto, a test environment or CI. Nothing stored.
		 */
		VETOED,

		/** Refused: the notice named is not today's. Nothing stored. */
		NOTICE_MISMATCH,

		/** Refused: the record is damaged; a denial moves it aside. Nothing stored. */
		FAULT,

		/** Refused: there is no home to store the decision in. Nothing stored. */
		NO_HOME,

		/**
		 * The decision could not be written. A grant then opens nothing; a denial has
		 * closed the gate of this process nevertheless, and writing it is retried.
		 */
		NOT_PERSISTED

	}

}
