package dev.telemetry.consent.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.problem.Problem;
import dev.telemetry.storage.Home;
import org.jspecify.annotations.Nullable;

/**
 * Stores the decisions about consent. Safe for use by several threads, and by several
 * processes where they share the storage.
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
	 * @throws IOException if it could not be written; the old record then applies
	 */
	ConsentRecord write(ConsentRecord record) throws IOException;

	/**
	 * Return the time by the monotonic clock by which this store tells moments.
	 * @return the time in nanoseconds
	 */
	default long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * Write a decision that could not be written when it was made, unless another one was
	 * made after it. Where that cannot be told, a denial is written and a grant is not.
	 * @param record the decision, its number is ignored
	 * @param made when it was made
	 * @return the record that applies now: as it was written, or the grant that was made
	 * after a denial
	 * @throws IOException if it could not be written; the old record then applies
	 */
	default ConsentRecord write(ConsentRecord record, Moment made) throws IOException {
		ConsentRecord standing = read().record();
		boolean later = standing != null && standing.seq() > made.seen() && standing.asOf().isAfter(record.asOf());
		if (standing != null && later && standing.granted() && !record.granted()) {
			return standing;
		}
		return write(record);
	}

	/**
	 * Note durably that consent was granted once more as it is granted already, so that a
	 * denial that was made before and waits to be written does not come out as the later
	 * decision.
	 * @param grant the grant that is valid
	 * @param made when it was confirmed
	 * @throws IOException if that failed, or if the grant is no longer valid
	 */
	default void confirm(ConsentRecord grant, Moment made) throws IOException {
	}

	/**
	 * Let what this thread asks of the store until the end of the limit take no longer
	 * than that altogether, as far as the store can see to it.
	 * @param limit the longest
	 * @return the limit, to be closed
	 */
	default Limit within(Duration limit) {
		return () -> {
		};
	}

	/**
	 * Move a damaged record out of the way without losing it.
	 * @throws IOException if that failed
	 */
	void setAside() throws IOException;

	/**
	 * Append to the receipts, durably.
	 * @param receipt says what was done
	 * @throws IOException if it could not be written
	 */
	void appendReceipt(ConsentReceipt receipt) throws IOException;

	/**
	 * Keep the text of a notice, durably. One that is there already need not be written
	 * again.
	 * @param hash {@code sha256:} and 64 hex digits
	 * @param json the text
	 * @throws IOException if it could not be written
	 */
	void saveNotice(String hash, byte[] json) throws IOException;

	/**
	 * Keep the sentences that a user saw, durably; their hash is in the receipt of the
	 * grant. Those of an earlier grant stay. A store that keeps none does nothing.
	 * @param shown the sentences
	 * @throws IOException if they could not be written
	 */
	default void saveShown(ShownNotice shown) throws IOException {
	}

	/**
	 * Return the text of a notice. Never throws; whether it is the right one is for the
	 * caller to see from its hash.
	 * @param hash the key it was stored under; may be anything
	 * @return the text, or {@code null} when there is none that can be read
	 */
	byte @Nullable [] notice(String hash);

	/**
	 * Return which notice limits a grant that accepted one of the first format.
	 * @param accepted the hash of the notice agreed to
	 * @return the hash of the notice, or {@code null} when there is none yet
	 * @throws IOException if that cannot be told, because it is damaged or out of reach
	 */
	default @Nullable String baseline(String accepted) throws IOException {
		return null;
	}

	/**
	 * Limit a grant to a notice, durably.
	 * @param accepted the hash of the notice agreed to
	 * @param expected the notice that limits it so far, or {@code null}
	 * @param notice the hash of the notice that is to limit it, whose text is stored
	 * @return whether that was done; {@code false} when another process was faster
	 * @throws IOException if it could not be written
	 */
	default boolean saveBaseline(String accepted, @Nullable String expected, String notice) throws IOException {
		return false;
	}

	/**
	 * Return what a store contains besides the record anywhere but in the files of a
	 * home, for a caller that shows everything.
	 * @return the receipts and the notices
	 * @throws IOException if it cannot be read now
	 */
	default Archive archive() throws IOException {
		return Archive.NONE;
	}

	/**
	 * Say what is wrong with the receipts, looking only: that their chain is broken, or
	 * that they cannot be read.
	 * @return what is wrong, or {@code null}
	 * @throws IOException if that cannot be told now
	 */
	default @Nullable Problem receiptsProblem() throws IOException {
		return ReceiptChain.problem("the receipts of consent", archive().receipts());
	}

	/**
	 * Return where the record is stored: the origin of a decision that rests on it.
	 * @return a name people can look for
	 */
	default String place() {
		return "the store of consent";
	}

	/**
	 * Return why nothing can be stored here, without changing anything.
	 * @return what to fix, or {@code null}
	 */
	@Nullable String unusable();

	/**
	 * Keep the record in {@code consent.json} in a home, and the receipts beside it.
	 * @param home the home
	 * @param tool the tool; a record of another one is a fault
	 * @return the store
	 */
	@Internal
	static ConsentStore file(Home home, String tool) {
		return new FileConsentStore(home, tool);
	}

	/**
	 * Keep the record in memory until the process ends.
	 * @return the store
	 */
	static ConsentStore memory() {
		return new MemoryConsentStore(null);
	}

	/**
	 * Store nothing, because there is nowhere to store it.
	 * @param reason what to fix
	 * @return the store
	 */
	static ConsentStore none(String reason) {
		return new MemoryConsentStore(reason);
	}

	/**
	 * Store nothing and trust nothing: a denial may be recorded where it cannot be read.
	 * @param reason what to fix
	 * @return the store
	 */
	static ConsentStore unreachable(String reason) {
		return new UnreachableConsentStore(reason);
	}

	/**
	 * The moment at which a decision was made.
	 *
	 * @param seen the number of the newest record that was known then
	 * @param nanoTime the time, see {@link ConsentStore#nanoTime()}
	 */
	record Moment(long seen, long nanoTime) {

	}

	/** A time limit, which ends when it is closed. */
	interface Limit extends AutoCloseable {

		@Override
		void close();

	}

	/**
	 * What is stored besides the record.
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
	 * @param action what to do about the fault, or {@code null} when a denial moves what
	 * is damaged aside
	 * @param away why the store does not answer now, and what to do about it, or
	 * {@code null} when it has answered; the rest is then what it answered last
	 */
	record Found(@Nullable ConsentRecord record, @Nullable String fault, @Nullable String action,
			@Nullable String away) {

		public static final Found NOTHING = new Found(null, null);

		/**
		 * Create it.
		 * @param record the record or {@code null}
		 * @param fault why the record cannot be trusted, or {@code null}
		 */
		public Found(@Nullable ConsentRecord record, @Nullable String fault) {
			this(record, fault, null, null);
		}

		/**
		 * Create what a store answered.
		 * @param record the record or {@code null}
		 * @param fault why the record cannot be trusted, or {@code null}
		 * @param action what to do about the fault, or {@code null}
		 */
		public Found(@Nullable ConsentRecord record, @Nullable String fault, @Nullable String action) {
			this(record, fault, action, null);
		}

		public static Found fault(String reason) {
			return new Found(null, reason);
		}

		public static Found fault(String reason, @Nullable String action) {
			return new Found(null, reason, action, null);
		}

	}

}
