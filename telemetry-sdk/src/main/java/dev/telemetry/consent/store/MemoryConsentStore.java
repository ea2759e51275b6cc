package dev.telemetry.consent.store;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** Keeps the record in memory, or nothing at all when there is a reason for that. */
final class MemoryConsentStore implements ConsentStore {

	private final AtomicReference<@Nullable ConsentRecord> record = new AtomicReference<>();

	private final Map<String, byte[]> notices = new ConcurrentHashMap<>();

	private final Map<String, String> baselines = new ConcurrentHashMap<>();

	private final @Nullable String unusable;

	MemoryConsentStore(@Nullable String unusable) {
		this.unusable = unusable;
	}

	@Override
	public Found read() {
		return new Found(this.record.get(), null);
	}

	@Override
	public ConsentRecord write(ConsentRecord next) throws IOException {
		if (this.unusable != null) {
			throw new IOException(this.unusable);
		}
		ConsentRecord written = this.record
			.updateAndGet((current) -> next.withSeq((current != null) ? current.seq() + 1 : 1));
		return (written != null) ? written : next;
	}

	@Override
	public void setAside() {
	}

	@Override
	public void appendReceipt(ConsentReceipt receipt) {
	}

	@Override
	public void saveNotice(String hash, byte[] json) {
		this.notices.put(hash, json.clone());
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		byte[] json = this.notices.get(hash);
		return (json != null) ? json.clone() : null;
	}

	@Override
	public @Nullable String baseline(String accepted) {
		return this.baselines.get(accepted);
	}

	@Override
	public boolean saveBaseline(String accepted, @Nullable String expected, String notice) {
		return (expected != null) ? this.baselines.replace(accepted, expected, notice)
				: this.baselines.putIfAbsent(accepted, notice) == null;
	}

	@Override
	public @Nullable String unusable() {
		return this.unusable;
	}

}
