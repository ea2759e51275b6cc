package dev.telemetry.consent.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A store in memory that notes what happens and fails when told to. */
public final class ScriptedConsentStore implements ConsentStore {

	public final List<String> happened;

	public final List<ConsentReceipt> receipts = new ArrayList<>();

	public final Map<String, byte[]> notices = new HashMap<>();

	public final Map<String, String> baselines = new HashMap<>();

	public boolean baselineFails;

	public Found found = Found.NOTHING;

	public boolean writeFails;

	public boolean receiptFails;

	public boolean readFails;

	public boolean shownFails;

	public int reads;

	/** Runs once in the middle of the next read: what another thread does meanwhile. */
	public Runnable meanwhile = () -> {
	};

	public @Nullable String unusable;

	public @Nullable Problem receiptsProblem;

	public ScriptedConsentStore(List<String> happened) {
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
	public void appendReceipt(ConsentReceipt receipt) throws IOException {
		if (this.receiptFails) {
			throw new IOException("the disk is full");
		}
		this.happened.add("receipt");
		this.receipts.add(receipt);
	}

	@Override
	public @Nullable Problem receiptsProblem() {
		return this.receiptsProblem;
	}

	@Override
	public void saveNotice(String hash, byte[] json) {
		this.notices.put(hash, json);
	}

	@Override
	public void saveShown(ShownNotice shown) throws IOException {
		if (this.shownFails) {
			throw new IOException("the disk is full");
		}
		this.happened.add("shown");
	}

	@Override
	public byte @Nullable [] notice(String hash) {
		return this.notices.get(hash);
	}

	@Override
	public @Nullable String baseline(String accepted) {
		return this.baselines.get(accepted);
	}

	@Override
	public boolean saveBaseline(String accepted, @Nullable String expected, String notice) throws IOException {
		if (this.baselineFails) {
			throw new IOException("the disk is full");
		}
		this.happened.add("baseline");
		return this.baselines.putIfAbsent(accepted, notice) == null;
	}

	@Override
	public @Nullable String unusable() {
		return this.unusable;
	}

	public ConsentRecord record() {
		ConsentRecord record = this.found.record();
		if (record == null) {
			throw new AssertionError("there is no record");
		}
		return record;
	}

}
