package dev.telemetry.consent.gate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.telemetry.consent.store.ConsentReceipt;
import dev.telemetry.consent.store.ConsentStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes receipts of what is done already, in order, and later again when that failed.
 * Used under the gate's command lock.
 */
final class Receipts {

	/** Each belongs to one command; so many mean a disk that is full for long. */
	private static final int MAX_UNWRITTEN = 100;

	private final ConsentStore store;

	private final Deque<ConsentReceipt> unwritten = new ArrayDeque<>();

	Receipts(ConsentStore store) {
		this.store = store;
	}

	/** Take a receipt that is to be written next. */
	void add(ConsentReceipt receipt) {
		if (this.unwritten.size() < MAX_UNWRITTEN) {
			this.unwritten.add(receipt);
		}
	}

	/** Take another receipt in the place of one that is not written yet. */
	void replace(ConsentReceipt receipt, ConsentReceipt by) {
		Deque<ConsentReceipt> before = new ArrayDeque<>(this.unwritten);
		this.unwritten.clear();
		before.forEach((each) -> this.unwritten.add(each.equals(receipt) ? by : each));
	}

	/**
	 * Write what is not written yet, the oldest first.
	 * @return why that failed, or {@code null}
	 */
	@Nullable String write() {
		try {
			for (ConsentReceipt next = this.unwritten.peek(); next != null; next = this.unwritten.peek()) {
				this.store.appendReceipt(next);
				this.unwritten.remove();
			}
			return null;
		}
		catch (IOException | RuntimeException ex) {
			return ex.getMessage();
		}
	}

}
