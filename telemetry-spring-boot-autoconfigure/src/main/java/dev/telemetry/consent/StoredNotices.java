package dev.telemetry.consent;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Today's notice, and those agreed to before, whose texts lie where the record does.
 */
public final class StoredNotices implements Notices {

	private final ConsentStore store;

	private volatile @Nullable Notice today;

	/**
	 * Create it without a notice.
	 * @param store keeps what was decided
	 */
	public StoredNotices(ConsentStore store) {
		this.store = store;
	}

	/**
	 * Say what would be collected from now on. The gate sees it when it is refreshed.
	 * @param notice today's notice
	 */
	public void publish(Notice notice) {
		this.today = notice;
	}

	/**
	 * Return today's notice.
	 * @return the notice, or {@code null} until it is known
	 */
	public @Nullable Notice today() {
		return this.today;
	}

	/**
	 * Return a notice that was agreed to.
	 * @param hash its hash, or {@code null}
	 * @return the notice, or {@code null} when its text is missing or damaged
	 */
	public @Nullable Notice find(@Nullable String hash) {
		Notice current = this.today;
		if (hash == null || (current != null && hash.equals(current.hash()))) {
			return (hash != null) ? current : null;
		}
		byte[] text = this.store.notice(hash);
		if (text == null) {
			return null;
		}
		try {
			Notice found = Notice.parse(text);
			return found.hash().equals(hash) ? found : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public @Nullable String current() {
		Notice current = this.today;
		return (current != null) ? current.hash() : null;
	}

	@Override
	public boolean covered(@Nullable String accepted) {
		Notice current = this.today;
		Notice agreed = find(accepted);
		return current != null && agreed != null && agreed.covers(current);
	}

	@Override
	public void keep() throws IOException {
		Notice current = this.today;
		if (current != null) {
			this.store.saveNotice(current.hash(), current.toJson());
		}
	}

}
