package dev.telemetry.consent;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was decided. Safe for use by several threads, and by several processes where
 * they share what it keeps things in.
 */
public interface ConsentStore {

	/**
	 * Read the record. Never throws: what cannot be read is a fault.
	 * @return what was found
	 */
	Found read();

	/**
	 * Write a decision durably; it gets the next number.
	 * @param record the decision, its number is ignored
	 * @return the record as it was written
	 * @throws IOException if it could not be written; the old record then stands
	 */
	ConsentRecord write(ConsentRecord record) throws IOException;

	/**
	 * Move a damaged record out of the way without losing it.
	 * @throws IOException if that failed
	 */
	void setAside() throws IOException;

	/**
	 * Append to the receipts, durably.
	 * @param record the decision
	 * @throws IOException if it could not be written
	 */
	void appendReceipt(ConsentRecord record) throws IOException;

	/**
	 * Keep the text of a notice, durably. One that is there already need not be written
	 * again.
	 * @param hash {@code sha256:} and 64 hex digits
	 * @param json the text
	 * @throws IOException if it could not be written
	 */
	void saveNotice(String hash, byte[] json) throws IOException;

	/**
	 * Return the text of a notice. Never throws; whether it is the right one is for the
	 * caller to see from its hash.
	 * @param hash what it was kept under; may be anything
	 * @return the text, or {@code null} when there is none that can be read
	 */
	byte @Nullable [] notice(String hash);

	/**
	 * Return what a store keeps besides the record anywhere but in the files of a home,
	 * for whoever wants to see everything.
	 * @return the receipts and the notices
	 * @throws IOException if it cannot be read now
	 */
	default Archive archive() throws IOException {
		return Archive.NONE;
	}

	/**
	 * Return what the record lies in: the origin of a decision that rests on it.
	 * @return a name people can look for
	 */
	default String place() {
		return "the store of consent";
	}

	/**
	 * Say why nothing can be kept here, looking only.
	 * @return what to mend, or {@code null}
	 */
	@Nullable String unusable();

	/**
	 * Keep the record in {@code consent.json} in a home, and the receipts beside it.
	 * @param home the home
	 * @param tool the tool; a record of another one is a fault
	 * @return the store
	 */
	static ConsentStore file(Home home, String tool) {
		return new FileConsentStore(home, tool);
	}

	/**
	 * Keep the record in the tables {@code telemetry_consent}, {@code _receipt} and
	 * {@code _notice} of a database that replicas share. While it does not answer,
	 * nothing can be decided, and after 30 seconds anything but a no becomes a fault.
	 * @param dataSource the database; asked for a connection whenever one is needed
	 * @param tool the tool; a record of another one is a fault
	 * @param nanoTime the monotonic clock in nanoseconds
	 * @return the store
	 */
	static ConsentStore jdbc(DataSource dataSource, String tool, LongSupplier nanoTime) {
		return new JdbcConsentStore(dataSource, tool, nanoTime);
	}

	/**
	 * Keep the record in memory until the process ends.
	 * @return the store
	 */
	static ConsentStore memory() {
		return new MemoryConsentStore(null);
	}

	/**
	 * Keep nothing, because there is nowhere to keep it.
	 * @param reason what to mend
	 * @return the store
	 */
	static ConsentStore none(String reason) {
		return new MemoryConsentStore(reason);
	}

	/**
	 * Keep nothing and trust nothing: somebody may have said no where nobody can look.
	 * @param reason what to mend
	 * @return the store
	 */
	static ConsentStore unreachable(String reason) {
		return new UnreachableConsentStore(reason);
	}

	/**
	 * What is kept besides the record.
	 *
	 * @param receipts the receipts, the oldest first, one line of JSON each
	 * @param notices the texts of the notices
	 */
	record Archive(List<String> receipts, List<String> notices) {

		static final Archive NONE = new Archive(List.of(), List.of());

		public Archive {
			receipts = List.copyOf(receipts);
			notices = List.copyOf(notices);
		}

	}

	/**
	 * What reading found: a record, a fault, or neither.
	 *
	 * @param record the record or {@code null}
	 * @param fault why the record cannot be trusted, or {@code null}
	 */
	record Found(@Nullable ConsentRecord record, @Nullable String fault) {

		static final Found NOTHING = new Found(null, null);

		static Found fault(String reason) {
			return new Found(null, reason);
		}

	}

}
