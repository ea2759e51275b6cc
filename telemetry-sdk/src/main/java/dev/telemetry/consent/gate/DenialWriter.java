package dev.telemetry.consent.gate;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import dev.telemetry.consent.store.ConsentStore.Found;
import dev.telemetry.consent.store.ConsentStore.Moment;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a denial and its receipt, and again later when that failed. A denial that could
 * not be written applies to this process. Used under the gate's command lock, by one
 * thread at a time.
 */
final class DenialWriter {

	private static final Log logger = LogFactory.getLog(DenialWriter.class);

	private final ConsentStore store;

	private final Supplier<Found> record;

	private final String tool;

	private final Receipts receipts;

	private @Nullable Pending pending;

	DenialWriter(ConsentStore store, Supplier<Found> record, Receipts receipts, String tool) {
		this.store = store;
		this.receipts = receipts;
		this.record = record;
		this.tool = tool;
	}

	/**
	 * Return the denial that could not be written.
	 * @return the denial or {@code null}
	 */
	@Nullable ConsentRecord pending() {
		Pending left = this.pending;
		return (left != null) ? left.denial() : null;
	}

	/**
	 * Return why there is a denial that could not be written.
	 * @return the reason or {@code null} when there is none
	 */
	@Nullable String unwritten() {
		Pending left = this.pending;
		return (left != null) ? left.why() : null;
	}

	/**
	 * Write a denial, unless one is recorded already: not when the store only remembers
	 * one, for consent may have been granted elsewhere since.
	 * @param wasOpen whether it withdraws a grant
	 * @param said when it was made, for people
	 * @param channel how it was made
	 * @param time when it was made, in this process
	 * @return why that failed, or {@code null}
	 */
	@Nullable String write(boolean wasOpen, Instant said, String channel, CommandTime time) {
		Found found = this.record.get();
		ConsentRecord record = found.record();
		if (isDenied(found)) {
			// Also another process's denial is the one that was to be written
			this.pending = null;
			return null;
		}
		boolean before = record != null && (record.granted() || record.grantedBefore());
		Pending earlier = this.pending;
		boolean repeated = earlier != null && earlier.denial().grantedBefore();
		ConsentRecord denial = ConsentRecord.denial(wasOpen || before || repeated, said, channel, this.tool);
		if (earlier == null) {
			this.receipts.add(ConsentReceipt.of(denial));
		}
		try {
			makeRoom(found);
			this.store.write(denial);
			this.pending = null;
			return null;
		}
		catch (IOException | RuntimeException ex) {
			String why = "the denial could not be written: " + ex.getMessage();
			this.pending = new Pending(denial, time.moment(record), why);
			return why;
		}
	}

	private static boolean isDenied(Found found) {
		ConsentRecord record = found.record();
		return found.away() == null && record != null && !record.granted();
	}

	private void makeRoom(Found found) throws IOException {
		if (found.fault() != null && found.away() == null) {
			this.store.setAside();
		}
	}

	/**
	 * Write the receipt of what was written. That of a denial waits for it.
	 * @return why that failed, or {@code null}
	 */
	@Nullable String acknowledge() {
		String failure = (this.pending == null) ? this.receipts.write() : null;
		return (failure != null) ? "the denial is in force, but its receipt could not be written: " + failure : null;
	}

	/**
	 * Try again what could not be written. A grant that was made after the denial remains
	 * valid; the denial then has its receipt only.
	 */
	void retry() {
		Pending left = this.pending;
		if (left != null) {
			retry(left);
		}
		acknowledge();
	}

	private void retry(Pending left) {
		Found found = this.record.get();
		if (found.away() != null) {
			return;
		}
		try {
			if (!isDenied(found)) {
				makeRoom(found);
				this.store.write(withdrawal(left.denial(), found.record()), left.made());
			}
			this.pending = null;
			logger.info("Telemetry: the denial that could not be written before is written now");
		}
		catch (IOException | RuntimeException ex) {
			this.pending = new Pending(left.denial(), left.made(),
					"the denial could not be written: " + ex.getMessage());
		}
	}

	/** What it takes back may have been granted where it could not be seen. */
	private ConsentRecord withdrawal(ConsentRecord denial, @Nullable ConsentRecord standing) {
		if (standing == null || denial.grantedBefore()) {
			return denial;
		}
		ConsentRecord withdrawal = denial.asWithdrawal();
		this.receipts.replace(ConsentReceipt.of(denial), ConsentReceipt.of(withdrawal));
		return withdrawal;
	}

	/**
	 * A denial that could not be written.
	 *
	 * @param denial the denial
	 * @param made when it was made
	 * @param why why it could not be written
	 */
	private record Pending(ConsentRecord denial, Moment made, String why) {

	}

}
