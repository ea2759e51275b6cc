package dev.telemetry.consent.store;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Represents a record that cannot be read: a fault for as long as the process runs, so
 * that no grant by configuration overrides a denial that may be recorded there.
 */
final class UnreachableConsentStore implements ConsentStore {

	private final String reason;

	UnreachableConsentStore(String reason) {
		this.reason = reason;
	}

	@Override
	public Found read() {
		return Found.fault(this.reason);
	}

	@Override
	public ConsentRecord write(ConsentRecord record) throws IOException {
		throw new IOException(this.reason);
	}

	@Override
	public void setAside() throws IOException {
		throw new IOException(this.reason);
	}

	@Override
	public void appendReceipt(ConsentReceipt receipt) throws IOException {
		throw new IOException(this.reason);
	}

	@Override
	public void saveNotice(String hash, byte[] json) throws IOException {
		throw new IOException(this.reason);
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		return null;
	}

	@Override
	public String place() {
		return "telemetry.consent.store";
	}

	@Override
	public String unusable() {
		return this.reason;
	}

}
