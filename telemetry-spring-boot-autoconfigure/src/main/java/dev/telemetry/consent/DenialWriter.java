package dev.telemetry.consent;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

import dev.telemetry.consent.ConsentStore.Found;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a no and its receipt, and again later when that failed. A no that could not be
 * written stands for this process. Used under the gate's command lock, by one thread at a
 * time.
 */
final class DenialWriter {

	private static final Log logger = LogFactory.getLog(DenialWriter.class);

	private final ConsentStore store;

	private final Supplier<Found> record;

	private final String tool;

	private @Nullable ConsentRecord unwritten;

	private @Nullable ConsentRecord unacknowledged;

	DenialWriter(ConsentStore store, Supplier<Found> record, String tool) {
		this.store = store;
		this.record = record;
		this.tool = tool;
	}

	/**
	 * Return the no that could not be written.
	 * @return the no or {@code null}
	 */
	@Nullable ConsentRecord pending() {
		return this.unwritten;
	}

	/** Forget the no that could not be written, because a later yes was. */
	void overtaken() {
		this.unwritten = null;
	}

	/**
	 * Write a no, unless one is recorded already.
	 * @param wasOpen whether it takes back a yes
	 * @param said when it was said
	 * @param channel how it was said
	 * @return why that failed, or {@code null}
	 */
	@Nullable String write(boolean wasOpen, Instant said, String channel) {
		Found found = this.record.get();
		ConsentRecord record = found.record();
		if (record != null && !record.granted()) {
			// Also another process's no is the one that was to be written
			this.unwritten = null;
			return null;
		}
		ConsentRecord denial = ConsentRecord.denial(wasOpen || record != null, said, channel, this.tool);
		this.unwritten = denial;
		try {
			if (found.fault() != null) {
				this.store.setAside();
			}
			this.store.write(denial);
			this.unwritten = null;
			this.unacknowledged = denial;
			return null;
		}
		catch (IOException | RuntimeException ex) {
			return "the no could not be written: " + ex.getMessage();
		}
	}

	/**
	 * Write the receipt of a no that was written.
	 * @return why that failed, or {@code null}
	 */
	@Nullable String acknowledge() {
		ConsentRecord denial = this.unacknowledged;
		try {
			if (denial != null) {
				this.store.appendReceipt(denial);
				this.unacknowledged = null;
			}
			return null;
		}
		catch (IOException | RuntimeException ex) {
			return "the no stands, but its receipt could not be written: " + ex.getMessage();
		}
	}

	/** Try again what could not be written. */
	void retry() {
		ConsentRecord denial = this.unwritten;
		if (denial != null && write(denial.grantedBefore(), denial.asOf(), denial.channel()) == null) {
			logger.info("Telemetry: the no that could not be written before is written now");
		}
		acknowledge();
	}

}
