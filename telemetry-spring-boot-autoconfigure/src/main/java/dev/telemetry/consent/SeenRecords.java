package dev.telemetry.consent;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import dev.telemetry.consent.ConsentStore.Found;
import org.jspecify.annotations.Nullable;

/**
 * What this process has seen of a record, and what follows from it: an older record means
 * an old copy is back, and a yes replaces no no that it did not know.
 */
final class SeenRecords {

	private final String tool;

	/** The highest number seen by this process. */
	private final AtomicLong highest = new AtomicLong();

	SeenRecords(String tool) {
		this.tool = tool;
	}

	/**
	 * Return the number below which a record is an old copy. To be asked before the
	 * record is read: what another thread sees meanwhile does not make this copy old.
	 */
	long highest() {
		return this.highest.get();
	}

	/**
	 * Judge a record.
	 * @param reading reads it
	 * @param seenBefore the highest number seen before it was read
	 * @return the record, or why it cannot be trusted
	 */
	Found judge(Reading reading, long seenBefore) {
		try {
			ConsentRecord record = reading.read();
			if (!record.tool().equals(this.tool)) {
				return Found.fault("it belongs to another tool");
			}
			if (record.seq() < seenBefore) {
				return Found.fault("it is older than one seen before");
			}
			saw(record);
			return new Found(record, null);
		}
		catch (IOException ex) {
			return Found.fault(String.valueOf(ex.getMessage()));
		}
	}

	void saw(ConsentRecord record) {
		this.highest.accumulateAndGet(record.seq(), Math::max);
	}

	/**
	 * Number a record that is about to replace another one.
	 * @param record the record
	 * @param current the one it replaces
	 * @param known the highest number seen when it was decided on
	 * @param standing a number that others have seen
	 * @return the record with a number above all that were seen
	 * @throws IOException if it is a yes and would replace a no it did not know
	 */
	ConsentRecord next(ConsentRecord record, @Nullable ConsentRecord current, long known, long standing)
			throws IOException {
		if (record.granted() && current != null && !current.granted() && current.seq() > known) {
			throw new IOException("somebody said no meanwhile");
		}
		return record.withSeq(Math.max(highest(), standing) + 1);
	}

	/** Reads a record. */
	@FunctionalInterface
	interface Reading {

		ConsentRecord read() throws IOException;

	}

}
