package dev.telemetry.consent.notice;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentStore;
import org.jspecify.annotations.Nullable;

/**
 * Today's notice, and those agreed to before, whose texts are stored where the record is.
 * <p>
 * A grant that accepted a text of the first format left open which values a property may
 * have, among others. It remains valid. From the first start of a version that can state
 * this, it is limited to what today's notice says: its baseline, which can only become
 * narrower.
 */
public final class StoredNotices implements Notices {

	private final ConsentStore store;

	private volatile @Nullable Today today;

	/** What was found: a text under a hash never changes. */
	private final Map<String, Notice> found = new ConcurrentHashMap<>();

	/** The baseline of a grant as it was last read, by the notice the grant accepted. */
	private final Map<String, String> baselines = new ConcurrentHashMap<>();

	/**
	 * Create it without a notice.
	 * @param store stores the decisions
	 */
	public StoredNotices(ConsentStore store) {
		this.store = store;
	}

	/**
	 * Say what would be collected from now on. The gate sees it when it is refreshed.
	 * @param notice today's notice
	 */
	public void publish(Notice notice) {
		this.today = new Today(notice, notice.inFirstFormat());
	}

	/**
	 * Return today's notice.
	 * @return the notice, or {@code null} until it is known
	 */
	public @Nullable Notice today() {
		Today current = this.today;
		return (current != null) ? current.notice() : null;
	}

	/**
	 * Return a notice that was agreed to, as it was written then.
	 * @param hash its hash, or {@code null}
	 * @return the notice, or {@code null} when its text is missing or damaged
	 */
	public @Nullable Notice find(@Nullable String hash) {
		if (hash == null) {
			return null;
		}
		Today current = this.today;
		if (current != null && hash.equals(current.notice().hash())) {
			return current.notice();
		}
		if (current != null && hash.equals(current.first().hash())) {
			return current.first();
		}
		Notice known = this.found.get(hash);
		return (known != null) ? known : read(hash);
	}

	private @Nullable Notice read(String hash) {
		byte[] text = this.store.notice(hash);
		if (text == null) {
			return null;
		}
		try {
			Notice read = Notice.parse(text);
			if (read.hash().equals(hash)) {
				this.found.put(hash, read);
				return read;
			}
		}
		catch (IOException ex) {
			// Then nothing is known of it
		}
		return null;
	}

	/**
	 * Return what counts of a notice that was agreed to.
	 * @param hash its hash, or {@code null}
	 * @return the notice or its baseline, or {@code null} when a text is missing or
	 * damaged
	 */
	public @Nullable Notice agreed(@Nullable String hash) {
		Notice agreed = find(hash);
		if (agreed == null || !agreed.isInFirstFormat()) {
			return agreed;
		}
		try {
			String baseline = baseline(agreed.hash());
			return (baseline != null) ? adopting(find(baseline)) : agreed;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Return when consent was granted last, as far as the record tells.
	 * @return the time of the recorded grant, or {@code null} without one
	 */
	public @Nullable Instant acceptedAt() {
		ConsentRecord record = this.store.read().record();
		return (record != null && record.granted()) ? record.asOf() : null;
	}

	/** While the store does not answer, its last answer counts, as that of the record. */
	private @Nullable String baseline(String accepted) throws IOException {
		try {
			String baseline = this.store.baseline(accepted);
			if (baseline != null) {
				this.baselines.put(accepted, baseline);
			}
			return baseline;
		}
		catch (IOException ex) {
			String known = this.baselines.get(accepted);
			if (known == null) {
				throw ex;
			}
			return known;
		}
	}

	/** The first format could not state a controller: the first one stated is it. */
	private @Nullable Notice adopting(@Nullable Notice baseline) {
		Notice current = today();
		return (baseline != null && baseline.controller() == null && current != null)
				? baseline.withController(current.controller()) : baseline;
	}

	@Override
	public @Nullable String current() {
		Today current = this.today;
		return (current != null) ? current.notice().hash() : null;
	}

	@Override
	public @Nullable String currentInFirstFormat() {
		Today current = this.today;
		return (current != null) ? current.first().hash() : null;
	}

	@Override
	public boolean covered(@Nullable String accepted) {
		Notice current = today();
		Notice agreed = agreed(accepted);
		return current != null && agreed != null && agreed.covers(current);
	}

	@Override
	public void keep() throws IOException {
		Notice current = today();
		if (current != null) {
			this.store.saveNotice(current.hash(), current.toJson());
		}
	}

	@Override
	public boolean rebase(@Nullable String accepted) throws IOException {
		Notice current = today();
		Notice agreed = find(accepted);
		if (current == null || agreed == null || !agreed.isInFirstFormat()) {
			return false;
		}
		String standing = this.store.baseline(agreed.hash());
		Notice before = (standing != null) ? find(standing) : agreed;
		boolean narrows = standing == null
				|| (before != null && before.controller() == null && current.controller() != null);
		if (before == null || !narrows || !before.withController(current.controller()).covers(current)) {
			return false;
		}
		// First, so that after a crash no baseline names a text that is not there
		keep();
		return this.store.saveBaseline(agreed.hash(), standing, current.hash());
	}

	/**
	 * Today's notice.
	 *
	 * @param notice the notice
	 * @param first what the first format says of it
	 */
	private record Today(Notice notice, Notice first) {

	}

}
