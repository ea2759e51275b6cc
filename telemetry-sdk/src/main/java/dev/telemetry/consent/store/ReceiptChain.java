package dev.telemetry.consent.store;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.telemetry.Internal;
import dev.telemetry.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Checks the receipts, line by line from the first: each holds the hash of the one before
 * it. Shows an accident or a naive edit, not what the owner of the disk wanted to hide.
 * Not safe for use by several threads.
 */
@Internal
public final class ReceiptChain {

	private static final String NAME = "\"previous\":\"";

	private @Nullable String previous;

	private int count;

	private int firstBroken;

	/**
	 * Say what is wrong with receipts.
	 * @param place where they are
	 * @param lines the receipts, the oldest first
	 * @return that the chain is broken, or {@code null}
	 */
	static @Nullable Problem problem(String place, List<String> lines) {
		ReceiptChain chain = new ReceiptChain();
		lines.forEach((line) -> chain.add(line.getBytes(StandardCharsets.UTF_8)));
		return chain.isIntact() ? null : new Problem(place, null,
				"the chain is broken: line " + chain.firstBroken() + " does not follow the one before it",
				"compare it with a copy: a line was changed, removed or added. Nothing is collected that would not"
						+ " be otherwise");
	}

	/**
	 * Take the next line.
	 * @param line the line, without line feed
	 */
	public void add(byte[] line) {
		String text = new String(line, StandardCharsets.UTF_8);
		this.count++;
		String expected = (this.previous != null) ? ConsentRecordFormat.checksum(this.previous) : ReceiptLog.FIRST;
		// A line that a crash cut short says nothing, but is a link of the chain
		boolean whole = text.endsWith("\"}");
		if (whole && this.firstBroken == 0 && !text.endsWith(NAME + expected + "\"}")) {
			this.firstBroken = this.count;
		}
		this.previous = text;
	}

	/**
	 * Return whether every line so far follows the one before it.
	 * @return whether the chain is intact; that of no lines is
	 */
	public boolean isIntact() {
		return this.firstBroken == 0;
	}

	/**
	 * Return the first line that does not follow the one before it.
	 * @return its number, from 1; 0 when there is none
	 */
	public int firstBroken() {
		return this.firstBroken;
	}

}
