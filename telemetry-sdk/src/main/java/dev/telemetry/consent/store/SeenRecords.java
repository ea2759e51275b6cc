package dev.telemetry.consent.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import dev.telemetry.consent.store.ConsentStore.Found;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of a record, and what follows from it: an older record means
 * an old copy is back, another one under the same number was not written by us, and a
 * grant replaces no denial that it did not know.
 */
final class SeenRecords {

	private final ToolCheck tool;

	/** The record with the highest number seen by this process. */
	private final AtomicReference<@Nullable ConsentRecord> newest = new AtomicReference<>();

	SeenRecords(String tool) {
		this.tool = new ToolCheck(tool);
	}

	/**
	 * Return the newest record that was seen. To be asked before the record is read: what
	 * another thread sees meanwhile does not make this copy old.
	 */
	@Nullable ConsentRecord newest() {
		return this.newest.get();
	}

	/** Return the number of the newest record that was seen, or 0. */
	long highest() {
		ConsentRecord seen = this.newest.get();
		return (seen != null) ? seen.seq() : 0;
	}

	/**
	 * Judge a record.
	 * @param reading reads it
	 * @param seenBefore the newest one seen before it was read, or {@code null}
	 * @return the record, or why it cannot be trusted
	 */
	Found judge(Reading reading, @Nullable ConsentRecord seenBefore) {
		try {
			ConsentRecord record = reading.read();
			Found other = this.tool.judge(record);
			if (other != null) {
				return other;
			}
			if (seenBefore != null && record.seq() < seenBefore.seq()) {
				return Found.fault("it is older than one seen before");
			}
			if (seenBefore != null && record.seq() == seenBefore.seq() && !record.equals(seenBefore)) {
				return Found.fault("it is another one than was seen before under the same number");
			}
			saw(record);
			return new Found(record, null);
		}
		catch (IOException ex) {
			return Found.fault(String.valueOf(ex.getMessage()));
		}
	}

	void saw(ConsentRecord record) {
		this.newest.accumulateAndGet(record,
				(old, given) -> (old != null && given != null && old.seq() >= given.seq()) ? old : given);
	}

	/**
	 * Number a record that is about to replace another one.
	 * @param record the record
	 * @param current the one it replaces
	 * @param known the highest number seen when it was decided on
	 * @param standing a number that others have seen
	 * @return the record with a number above all that were seen
	 * @throws IOException if it is a grant and would replace a denial it did not know
	 */
	ConsentRecord next(ConsentRecord record, @Nullable ConsentRecord current, long known, long standing)
			throws IOException {
		if (record.granted() && current != null && !current.granted() && current.seq() > known) {
			throw new IOException("consent was denied meanwhile");
		}
		return record.withSeq(Math.max(highest(), standing) + 1);
	}

	/** Reads a record. */
	@FunctionalInterface
	interface Reading {

		ConsentRecord read() throws IOException;

	}

}
