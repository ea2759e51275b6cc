package dev.telemetry.consent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A store in memory that notes what happens and fails when told to. */
final class ScriptedConsentStore implements ConsentStore {

	final List<String> happened;

	final List<ConsentRecord> receipts = new ArrayList<>();

	final Map<String, byte[]> notices = new HashMap<>();

	Found found = Found.NOTHING;

	boolean writeFails;

	boolean receiptFails;

	boolean readFails;

	int reads;

	/** Runs once in the middle of the next read: what another thread does meanwhile. */
	Runnable meanwhile = () -> {
	};

	@Nullable String unusable;

	ScriptedConsentStore(List<String> happened) {
		this.happened = happened;
	}

	@Override
	public Found read() {
		this.reads++;
		Runnable once = this.meanwhile;
		this.meanwhile = () -> {
		};
		once.run();
		if (this.readFails) {
			throw new IllegalStateException("the store is broken");
		}
		return this.found;
	}

	@Override
	public ConsentRecord write(ConsentRecord record) throws IOException {
		if (this.writeFails) {
			throw new IOException("the disk is full");
		}
		this.happened.add(record.granted() ? "write yes" : "write no");
		ConsentRecord old = this.found.record();
		ConsentRecord written = record.withSeq((old != null) ? old.seq() + 1 : 1);
		this.found = new Found(written, null);
		return written;
	}

	@Override
	public void setAside() {
		this.happened.add("set aside");
		this.found = Found.NOTHING;
	}

	@Override
	public void appendReceipt(ConsentRecord record) throws IOException {
		if (this.receiptFails) {
			throw new IOException("the disk is full");
		}
		this.happened.add("receipt");
		this.receipts.add(record);
	}

	@Override
	public void saveNotice(String hash, byte[] json) {
		this.notices.put(hash, json);
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		return this.notices.get(hash);
	}

	@Override
	public @Nullable String unusable() {
		return this.unusable;
	}

	ConsentRecord record() {
		ConsentRecord record = this.found.record();
		if (record == null) {
			throw new AssertionError("there is no record");
		}
		return record;
	}

}
