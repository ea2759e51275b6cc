package dev.telemetry.deletion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.telemetry.consent.ConsentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Takes consent back and forgets everything about this installation: first the gate
 * closes and the no is written, then the ids that were sent are secured for a request,
 * only then is anything erased. What cannot be erased is told and does not keep the rest
 * from being erased. The record of the no and its receipts stay.
 * <p>
 * Safe for use by several threads.
 */
public final class TelemetryReset {

	/*
	 * One reset at a time, under "lock": a second one that read the ids while the first
	 * is erasing them would answer that nothing was ever sent. The gate's own command
	 * lock is taken inside ours and never the other way round, since listeners may not
	 * reset.
	 */
	private final Object lock = new Object();

	private final String tool;

	private final Function<String, ConsentAnswer> disable;

	private final SentIds sentIds;

	private final List<Erasure> erasures;

	/**
	 * Create the command.
	 * @param tool the name of the tool, for the text of a request
	 * @param disable closes the gate and records the no, given the channel
	 * @param sentIds the ids that were sent; erased last
	 * @param erasures what to erase, in this order
	 */
	public TelemetryReset(String tool, Function<String, ConsentAnswer> disable, SentIds sentIds,
			List<Erasure> erasures) {
		this.tool = Objects.requireNonNull(tool, "'tool' must not be null");
		this.disable = Objects.requireNonNull(disable, "'disable' must not be null");
		this.sentIds = Objects.requireNonNull(sentIds, "'sentIds' must not be null");
		this.erasures = List.copyOf(erasures);
	}

	/**
	 * Reset. A no that could not be written is no reason to keep anything: the gate of
	 * this process is closed all the same.
	 * @param channel how it was said: {@code actuator} or {@code command}
	 * @return what was done
	 */
	public ResetAnswer reset(String channel) {
		synchronized (this.lock) {
			ConsentAnswer consent = this.disable.apply(channel);
			List<String> failures = new ArrayList<>();
			@Nullable List<String> ids = readIds(failures);
			this.erasures.forEach((erasure) -> erase(erasure, failures));
			if (ids == null) {
				// Unread ids are kept: without them nobody could ask for deletion any
				// more
				return new ResetAnswer(DeletionOutcome.CANNOT_REQUEST, List.of(), null, failures, consent);
			}
			erase(new Erasure("sent ids", this.sentIds::erase), failures);
			boolean needed = !ids.isEmpty();
			return new ResetAnswer(needed ? DeletionOutcome.CANNOT_REQUEST : DeletionOutcome.NOT_NEEDED, ids,
					needed ? requestText(ids) : null, failures, consent);
		}
	}

	private @Nullable List<String> readIds(List<String> failures) {
		try {
			return this.sentIds.ids();
		}
		catch (IOException | RuntimeException ex) {
			failures.add("sent ids: " + ex.getMessage());
			return null;
		}
	}

	private static void erase(Erasure erasure, List<String> failures) {
		try {
			erasure.action().run();
		}
		catch (IOException | RuntimeException ex) {
			failures.add(erasure.name() + ": " + ex.getMessage());
		}
	}

	private String requestText(List<String> ids) {
		return "Please delete all usage telemetry of " + this.tool
				+ " recorded under these installation identifiers (Article 17 GDPR): " + String.join(", ", ids) + ".";
	}

}
