package dev.telemetry.sdk;

import java.io.IOException;
import java.time.Instant;

import dev.telemetry.consent.notice.Notice;
import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentRecord;
import dev.telemetry.consent.store.ConsentScope;
import dev.telemetry.consent.store.ConsentStore;
import org.jspecify.annotations.Nullable;

/** A planted store: where the record cannot be trusted it finds a yes. */
final class TrustingConsentStore implements ConsentStore {

	private static final ConsentRecord YES = new ConsentRecord(1, true, true, ConsentScope.EXPORT,
			Notice.builder("demo-app").build().hash(), "0".repeat(32), Instant.parse("2026-11-21T03:00:00Z"),
			"actuator", "demo-app");

	private final ConsentStore real;

	TrustingConsentStore(ConsentStore real) {
		this.real = real;
	}

	@Override
	public Found read() {
		Found found = this.real.read();
		return (found.fault() != null) ? new Found(YES, null) : found;
	}

	@Override
	public ConsentRecord write(ConsentRecord record) throws IOException {
		return this.real.write(record);
	}

	@Override
	public void setAside() throws IOException {
		this.real.setAside();
	}

	@Override
	public void appendReceipt(ConsentReceipt receipt) throws IOException {
		this.real.appendReceipt(receipt);
	}

	@Override
	public void saveNotice(String hash, byte[] json) throws IOException {
		this.real.saveNotice(hash, json);
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		return this.real.notice(hash);
	}

	@Override
	public @Nullable String unusable() {
		return this.real.unusable();
	}

}
